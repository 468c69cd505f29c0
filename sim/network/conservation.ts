import { invariant } from "../engine/invariant.ts";
import type { HostTable } from "./host-table.ts";
import type { ParcelTable } from "./parcel-table.ts";

/**
 * What was sent has arrived, was lost, was taken back or is under way: by host and in total, message
 * for message and byte for byte. Costs one look at every host and parcel.
 *
 * @throws InvariantError
 */
export function checkConservation({ columns: hosts }: HostTable, parcels: ParcelTable): void {
  const hostCount = hosts.down.length;
  const messagesUnderWay = new Float64Array(hostCount);
  const bytesUnderWay = new Float64Array(hostCount);
  for (let parcel = 0; parcel < parcels.length; parcel++) {
    if (!parcels.alive(parcel)) continue;
    const from = parcels.columns.from[parcel]!;
    messagesUnderWay[from]!++;
    bytesUnderWay[from]! += parcels.columns.bytes[parcel]!;
  }
  for (const [what, sent, underWay] of [
    ["messages", "messagesSent", messagesUnderWay],
    ["bytes", "bytesSent", bytesUnderWay],
  ] as const) {
    let [received, delivered] = [0, 0];
    for (let host = 0; host < hostCount; host++) {
      const ended =
        hosts[`${what}Delivered`][host]! +
        hosts[`${what}Lost`][host]! +
        hosts[`${what}Abandoned`][host]!;
      invariant(
        ended + underWay[host]! === hosts[sent][host],
        () =>
          `host ${host} has sent ${hosts[sent][host]} ${what}; ${ended} have ended, ${underWay[host]} are under way`,
      );
      received += hosts[`${what}Received`][host]!;
      delivered += hosts[`${what}Delivered`][host]!;
    }
    invariant(
      received === delivered,
      () => `${delivered} ${what} were delivered, and ${received} received`,
    );
  }
}
