import type { Context } from "../engine/actor.ts";
import type { CohortState } from "./cohort-state.ts";
import type { SizeMeans } from "./costs.ts";
import type { CohortMessage } from "./messages.ts";
import type { CohortParameters } from "./parameters.ts";

/** Where something happens. */
export interface Scene {
  readonly state: CohortState;
  readonly parameters: CohortParameters;
  readonly means: SizeMeans;
  readonly context: Context<CohortMessage>;
}
