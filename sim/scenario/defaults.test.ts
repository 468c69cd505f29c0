import { describe, expect, it } from "vitest";
import { resolveScenario } from "./resolve.ts";
import { duration, formatQuantity, size } from "./units.ts";

const result = resolveScenario({ name: "a", question: "b" });
if (!result.ok) throw new Error(result.mistakes.join("\n"));
const { client, committee } = result.scenario;
const time = (value: number) => formatQuantity(value, duration);

describe("a scenario that says nothing", () => {
  // The defaults of Walrus's own software: crates/walrus-sdk/src/config at commit 3c1cacc.
  it.each([
    ["shards", committee.shards, 1000],
    ["epoch", time(committee.epoch), "2w"],
    ["time limit of a request", time(client.requestTimeout), "5min"],
    ["least backoff", time(client.backoff.min), "1s"],
    ["most backoff", time(client.backoff.max), "30s"],
    ["retries", client.backoff.retries, 5],
    ["jitter of the backoff", time(client.backoff.jitter), "1s"],
    ["connections to a node", client.nodeConnections, 10],
    ["slivers written at once", client.concurrentWrites, 1000],
    ["data in flight", formatQuantity(client.dataInFlight, size), "512MB"],
    ["metadata requests at once", client.metadataReads, 3],
    ["wait after registration", time(client.registrationDelay), "200ms"],
    ["tail, as a part of the time so far", client.tail.factor, 0.5],
    ["tail, at least", time(client.tail.base), "500ms"],
    ["rounds of uploading again", client.reuploadRounds, 2],
    ["size from which slivers are asked for first", client.statusCheckThreshold, 5560],
    ["interval of asking for the committee", time(client.committeeRefresh.every), "30s"],
    ["the same near the end of an epoch", time(client.committeeRefresh.nearEnd), "5s"],
    ["tries after a change of committee", client.committeeChangeBackoff.retries, 5],
    ["time limit of a range", time(client.range.timeout), "10s"],
    ["tries of a range", client.range.attempts, 3],
    ["pause between tries of a range", time(client.range.delay), "100ms"],
    // Those of its nodes: crates/walrus-service/src/node/config.rs.
    ["wait for the upload of a small blob", time(committee.recovery.deferral.small), "15s"],
    ["wait for the upload of a larger one", time(committee.recovery.deferral.medium), "30s"],
    ["wait for the upload of a huge one", time(committee.recovery.deferral.large), "2min"],
    ["blobs recovered at once", committee.recovery.blobSyncs, 100],
    ["blobs recovered at once in a scan", committee.recovery.blobTasks, 1000],
    ["sliver pairs recovered at once", committee.recovery.sliverSyncs, 2000],
    ["time limit for metadata", time(committee.recovery.metadataTimeout), "5s"],
    ["time limit for symbols", time(committee.recovery.symbolTimeout), "45s"],
    ["least backoff of recovery", time(committee.recovery.backoff.min), "1s"],
    ["most backoff of recovery", time(committee.recovery.backoff.max), "1h"],
    ["shards synced at once", committee.shardSync.parallel, 10],
    ["slivers in a batch of a shard's sync", committee.shardSync.batch, 1000],
    ["least backoff of a shard's sync", time(committee.shardSync.backoff.min), "1min"],
    ["most backoff of a shard's sync", time(committee.shardSync.backoff.max), "10min"],
    ["patience with the previous owner", time(committee.shardSync.giveUp), "12h"],
    ["blobs of a shard recovered at once", committee.shardSync.recoveryBlobs, 100],
    ["metadata synced at once", committee.shardSync.metadataParallel, 100],
    ["jitter of calls to the contract", time(committee.epochCalls.jitter), "3min"],
    ["size of the active set", committee.activeSet, 111],
    ["requests for symbols at once", committee.recovery.symbolRequests, 1000],
  ])("has Walrus's %s", (_, found, expected) => {
    expect(found).toBe(expected);
  });

  it("has the 105 nodes of the testnet of March 2025, most of them in Western Europe", () => {
    expect(committee.nodes).toHaveLength(105);
    const count = (region: string) =>
      committee.nodes.filter(({ place }) => place === region).length;
    // Figure 6: 306 of the 749 shards whose region is known. Equal nodes: 40.9 % of 105 is 42.9.
    expect(count("eu-west")).toBe(43);
    expect(count("us-west")).toBe(21);
  });
});
