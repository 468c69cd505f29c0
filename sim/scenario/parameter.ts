/**
 * How a number came to be known. `measured`: somebody observed it. `specified`: it stands in the
 * software, its contracts or its documentation, or is a setting of this simulator. `assumed`:
 * nobody has published it; trust results that hang on it accordingly.
 */
export type Basis = "measured" | "specified" | "assumed";

/** A value (with its unit) and all one needs to judge it. */
export interface Parameter<Value = unknown> {
  readonly value: Value;
  readonly basis: Basis;
  readonly source: string;
  /** When it was observed or read, as precisely as known: `2025-03`. */
  readonly date: string;
}

/** Parameters of one source. */
export const parameterOf =
  (basis: Basis, source: string, date: string) =>
  <const Value>(value: Value): Parameter<Value> => ({ value, basis, source, date });
