import type { FaultWorld } from "../faults/fault-world.ts";
import type { ResolvedScenario } from "./scenario.ts";
import type { StoredCode } from "./stored-code.ts";

/** What faults know of any world of a scenario. */
export function faultGround(
  { committee, client, horizon }: ResolvedScenario,
  { primaryNeeded, secondaryNeeded }: StoredCode["code"],
): Pick<FaultWorld, "horizon" | "needed" | "patience"> {
  return {
    horizon,
    // In one dimension a sliver is recovered from what a reader takes.
    needed: {
      reads: primaryNeeded,
      recovery: Number.isFinite(secondaryNeeded) ? secondaryNeeded : primaryNeeded,
      metadata: client.metadataReads,
    },
    patience: {
      clients: client.requestTimeout,
      metadata: committee.recovery.metadataTimeout,
      symbols: committee.recovery.symbolTimeout,
    },
  };
}
