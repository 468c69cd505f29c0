import * as z from "zod";
import { defaults } from "../defaults.ts";
import { formMembers } from "../members.ts";
import type { Tables } from "../tables.ts";
import { addMistake } from "./columns.ts";
import { constantTimes, tablePathField } from "./distributions.ts";
import {
  countField,
  durationField,
  nameField,
  numberFromZero,
  rateField,
  shareField,
  spanField,
} from "./quantities.ts";

const known = defaults.committee;

/** Names and the share that each has. */
export const sharesField = (what: string) =>
  z.record(nameField(what), shareField, { error: `shares by ${what}, such as {"…": "40%", …}` });

const stakeField = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("equal") }),
  // Stake falls with the rank to this power: 0 is equal, 1 Zipf's own law.
  z.strictObject({
    kind: z.literal("zipf"),
    exponent: numberFromZero.prefault(known.stake.exponent.value),
  }),
]);

/**
 * The storage nodes. In the resolved scenario `nodes` is the list of members, whichever way the
 * input gave it; the table's own places, providers, stake and shards win over `places`, `providers`
 * and `stake`.
 */
export function committeeField(tables: Tables) {
  const times = constantTimes(tables);
  return z
    .strictObject({
      // How many, or a table with a row for each: columns `node`, `shards` or `stake`, `region` or
      // `place`, `provider`.
      nodes: z.union([countField(1), tablePathField]).prefault(known.nodes.value),
      shards: countField(4).prefault(known.shards.value),
      epoch: spanField.prefault(known.epoch.value),
      stake: stakeField.prefault({ kind: known.stake.kind.value }),
      // Share of the stake at each place: a city, an AWS region, or a region of the latency table.
      places: sharesField("place").prefault(known.places.value),
      // Share of the stake with each hosting provider; none known unless given.
      providers: sharesField("hosting provider").prefault({}),
      // Of each node.
      uplink: rateField.prefault(known.uplink.value),
      downlink: rateField.prefault(known.downlink.value),
      cores: countField(1).prefault(known.cores.value),
      // Time that one sliver keeps a core.
      serviceTime: times.prefault(known.serviceTime.value),
      // A node whose next free core is further away answers "unavailable".
      queueLimit: durationField.prefault(known.queueLimit.value),
      // Time an answer takes besides, keeping no core: database, disk.
      responseTime: z
        .strictObject({
          status: times.prefault(known.responseTime.status.value),
          metadata: times.prefault(known.responseTime.metadata.value),
          store: times.prefault(known.responseTime.store.value),
          serve: times.prefault(known.responseTime.serve.value),
          confirm: times.prefault(known.responseTime.confirm.value),
        })
        .prefault({}),
    })
    .transform(({ nodes, stake, places, providers, ...rest }, context) => {
      const result = formMembers({ nodes, stake, places, providers, shards: rest.shards }, tables);
      if ("members" in result) return { nodes: result.members, ...rest };
      for (const { field, ...mistake } of result.mistakes) addMistake(context, field, mistake);
      return z.NEVER;
    });
}
