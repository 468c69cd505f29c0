/**
 * How a number came to be known. `measured`: somebody observed it. `specified`: it stands in the
 * software, its contracts or its documentation. `assumed`: nobody has published it, or it is ours
 * to choose; trust results that hang on it accordingly.
 */
export type Basis = "measured" | "specified" | "assumed";

/** A number and all one needs to judge it. The unit is part of the value. */
export interface Parameter<Value = unknown> {
  readonly value: Value;
  readonly basis: Basis;
  readonly source: string;
  /** When it was observed or read, as precisely as known: `2025-03`. */
  readonly date: string;
}
