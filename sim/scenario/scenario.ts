import * as z from "zod";
import { defaults } from "./defaults.ts";
import { challengesField } from "./schema/challenges.ts";
import { clientField, ledgerField, networkField } from "./schema/client.ts";
import { cohortsField } from "./schema/cohorts.ts";
import { committeeField } from "./schema/committee.ts";
import { encodingField } from "./schema/encoding.ts";
import { faultField } from "./schema/faults.ts";
import { guaranteeField } from "./schema/guarantees.ts";
import { metricsField } from "./schema/metrics.ts";
import { publishedField } from "./schema/published.ts";
import {
  countField,
  durationField,
  nameField,
  shareField,
  spanField,
} from "./schema/quantities.ts";
import { recoversField } from "./schema/recovers.ts";
import { workloadField } from "./schema/workload.ts";
import type { NamedTables } from "./tables.ts";

const nameExample = "a name of small letters, digits and hyphens (it names a folder)";

/**
 * The schema of a scenario: checks one, puts in the defaults, and turns quantities into numbers of
 * the model's units (microseconds, bytes, bytes per microsecond, times per microsecond, 0..1).
 * NamedTables that it names are put in from `tables`.
 */
export function scenarioSchema(tables: NamedTables) {
  return z.strictObject({
    name: z
      .string({ error: nameExample })
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: nameExample }),
    question: nameField("the question that the scenario answers"),
    seed: z
      .union([nameField("a text"), z.number().transform(String)])
      .optional()
      .describe("Names the luck of the run. Left out, the name."),
    replications: countField(1).prefault(defaults.replications.value),
    horizon: spanField
      .prefault(defaults.horizon.value)
      .describe("Demand ends then; the run goes on until no operation is open."),
    warmUp: durationField
      .prefault(defaults.warmUp.value)
      .describe("Operations begun before are not counted."),
    payload: z.enum(["counted", "bytes"]).prefault(defaults.payload.value),
    grain: z
      .enum(["node", "sliver", "cohort"])
      .prefault(defaults.grain.value)
      .describe(
        "A message carries what one node holds of a blob, or one sliver. `cohort`: no messages, but populations of blobs, for months and millions.",
      ),
    cohorts: cohortsField.prefault({}),
    verifyReads: shareField
      .prefault(defaults.verifyReads.value)
      .describe("Share of the reads that are really decoded, where the payload is counted."),
    committee: committeeField(tables).prefault({}),
    encoding: encodingField.prefault({ scheme: defaults.encoding.scheme.value }),
    client: clientField.prefault({}),
    network: networkField.prefault({}),
    ledger: ledgerField(tables).prefault({}),
    workload: workloadField(tables).prefault({}),
    challenges: challengesField.prefault({ policy: defaults.challenges.policy.value }),
    faults: z.array(faultField(tables)).prefault([]),
    metrics: metricsField.prefault({}),
    recovers: recoversField
      .optional()
      .describe(
        "The claim that all is recovered once faults have ended. At the horizon those end that pass; the run goes on until every certified blob is whole on the honest nodes that are up, or that has taken longer than claimed, and then says why.",
      ),
    guarantees: z.array(guaranteeField).prefault([]),
    published: z
      .array(publishedField)
      .prefault([])
      .describe("Measured numbers that the results are set beside."),
    expect: z
      .enum(["met", "broken"])
      .prefault(defaults.expect.value)
      .describe("`broken`: the scenario shows a limit, and its guarantees are to break."),
  });
}

type Schema = ReturnType<typeof scenarioSchema>;
type Core = z.input<Schema>;

/** A scenario as its author writes it. */
export interface ScenarioInput extends Core {
  /** One or more names of presets; later ones win, and the scenario's own fields over all. */
  preset?: string | string[];
  /** The same scenario several times over, each with some fields changed, on the same seeds. */
  variants?: Record<string, Partial<Omit<Core, "name" | "seed">>>;
}

/** A scenario complete, checked and in the model's units: plain JSON that holds all a run needs. */
export type ResolvedScenario = Omit<z.output<Schema>, "seed"> & { seed: string };

export type Committee = ResolvedScenario["committee"];
export type Encoding = ResolvedScenario["encoding"];
export type Workload = ResolvedScenario["workload"];
export type WriteDemand = Workload["writes"][number];
export type ReadDemand = Workload["reads"][number];
export type Surge = Workload["surges"][number];
export type Fault = ResolvedScenario["faults"][number];
/** All faults but those that are made of others. */
export type PlainFault = Exclude<Fault, { kind: "regime" }>;
/** Which nodes a fault strikes. */
export type FaultNodes = Extract<Fault, { kind: "crash" }>["nodes"];
/** One end of a partition or link. */
export type FaultSide = Extract<Fault, { kind: "partition" }>["from"];
