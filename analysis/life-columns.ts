import type {
  ChallengeRow,
  EpochRow,
  HealthRow,
  MisEncodedRow,
  TransferRow,
  UnavailableSpan,
} from "../sim/metrics/rows.ts";
import { type Column, columnsOf, µs } from "./columns.ts";

export const epochColumns = columnsOf<EpochRow>([
  ["epoch", "", "its number"],
  [
    "startedAt",
    µs,
    "simulated time at which it began and shards changed hands; empty if the run did",
  ],
  ["syncedAt", µs, "simulated time at which reads moved to its committee; empty if they never did"],
  ["syncMicroseconds", µs, "from one to the other"],
  ["endedAt", µs, "simulated time at which the next one began; empty if the run ended first"],
  ["members", "count", "nodes in its committee"],
  ["shards", "shards", "shards of the committee"],
  ["movedShards", "shards", "shards with another owner than before"],
  ["attestedShards", "shards", "weight that had attested when it was synced"],
  ["attestations", "count", "nodes that said they had synced"],
  ["falseAttestations", "count", "of those, nodes that had not"],
  ["transferredShards", "shards", "shards that came from their previous owner, at least in part"],
  ["recoveredShards", "shards", "shards that had to be recovered, at least in part"],
  ["abandonedShards", "shards", "shards whose sync was given up"],
  ["transferredSlivers", "slivers", "slivers received from previous owners"],
  ["transferredBytes", "bytes", "bytes received with them"],
  ["recoveredSlivers", "slivers", "slivers recovered by shard syncs"],
  ["recoveryBytes", "bytes", "bytes received for that"],
  ["metadataBlobs", "count", "blobs whose metadata new nodes fetched, summed over nodes"],
  ["metadataBytes", "bytes", "bytes received with it"],
  ["metadataMicroseconds", µs, "the longest that a new node took to fetch it"],
  ["expiredBlobs", "count", "blobs whose time was over when it began"],
  ["expiredBytes", "bytes", "their unencoded size"],
  ["extendedBlobs", "count", "blobs whose time was extended in it"],
  ["deletedBlobs", "count", "blobs deleted in it"],
  ["collectedBlobs", "count", "blobs that nodes dropped in it, summed over nodes"],
  ["collectedBytes", "bytes", "bytes they freed"],
]);

export const transferColumns = columnsOf<TransferRow>([
  ["epoch", "", "the epoch in which the shard changed hands"],
  ["node", "", "its new owner"],
  ["from", "", "its previous owner"],
  ["shard", "", "its index"],
  ["startedAt", µs, "simulated time at which the sync began"],
  ["finishedAt", µs, "simulated time at which it ended; empty if it never did"],
  ["durationMicroseconds", µs, "from beginning to end, or to the end of the run"],
  ["outcome", "", "transferred, recovered, mixed, abandoned or unfinished"],
  ["slivers", "slivers", "slivers received from the previous owner"],
  ["bytes", "bytes", "bytes received with them"],
  ["recoveredSlivers", "slivers", "slivers recovered"],
  ["recoveryBytes", "bytes", "bytes received for that"],
]);

const margins = ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map(
  (tenth) =>
    [
      `m${tenth}`,
      "count",
      `readable blobs with ${tenth} to ${tenth + 1} tenths of the margin of a whole one (2f)`,
    ] as const,
);

/** A margin of -1 is one sliver too few, and no gap in the data. */
const marginColumn: Column<HealthRow> = {
  name: "marginMin",
  unit: "slivers",
  description: "primary slivers served above what reconstructs, of the worst blob",
  value: (row) => row.marginMin,
};

export const healthColumns = columnsOf<HealthRow>([
  ["at", µs, "simulated time of the sample"],
  ["blobs", "count", "certified blobs"],
  ["unavailable", "count", "of those, blobs that honest nodes that are up cannot serve"],
  ["lost", "count", "of those, blobs that no set of slivers on disks reconstructs"],
  ["incomplete", "count", "blobs of which some honest node that is up lacks something"],
  ["marginMin", "slivers", marginColumn.description],
  ...margins,
  ["shardsActive", "shards", "shards of honest nodes that are up and miss nothing they know of"],
  ["shardsSyncing", "shards", "shards on their way to a new owner"],
  ["shardsRecovering", "shards", "shards of nodes that go over all blobs for what they lack"],
  ["shardsDown", "shards", "shards of nodes that are down"],
  ["shardsLying", "shards", "shards of nodes made to lie in some way"],
  ["backlogSlivers", "slivers", "slivers that honest nodes that are up lack"],
]).map((column) => (column.name === marginColumn.name ? marginColumn : column));

export const spanColumns = columnsOf<UnavailableSpan>([
  ["from", µs, "simulated time from which some certified blob could not be read"],
  ["to", µs, "simulated time from which all could again"],
  ["durationMicroseconds", µs, "how long that was"],
  ["blobSeconds", "s", "blobs that could not be read, integrated over it"],
  ["blobsMax", "count", "the most that could not be read at once"],
]);

export const misEncodedColumns = columnsOf<MisEncodedRow>([
  ["blob", "", "number of the blob"],
  ["axis", "", "axis of the slivers that fit no others"],
  ["slivers", "slivers", "how many these are"],
  ["certifiedAt", µs, "simulated time at which it was certified"],
  ["invalidAt", µs, "simulated time at which the chain called it invalid; -1 if it never did"],
  ["exposureMicroseconds", µs, "from one to the other, or to the end of the run"],
  ["accepted", "count", "readers who decoded it and took it for good"],
  ["rejected", "count", "readers who decoded it and found it inconsistent"],
  ["values", "count", "different contents that readers took for good"],
]);

export const challengeColumns = columnsOf<ChallengeRow>([
  ["challenge", "", "serial number of the challenge"],
  ["policy", "", "kind of challenge"],
  ["node", "", "the node challenged"],
  ["blobs", "count", "blobs it had to answer for"],
  ["passed", "", "true if it did"],
  ["bytes", "bytes", "bytes that the node sent for it"],
  ["startedAt", µs, "simulated time at which it began"],
  ["finishedAt", µs, "simulated time at which it was decided"],
  ["durationMicroseconds", µs, "from beginning to end"],
  ["fault", "", "index of the fault that makes the node cheat; empty if it does not"],
]);
