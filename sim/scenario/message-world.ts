import type { ActorId } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { World } from "../engine/world.ts";
import { addFaults, listFaults } from "../faults/add-faults.ts";
import type { FaultMessage } from "../faults/fault-message.ts";
import type { FaultWorld } from "../faults/fault-world.ts";
import type { Outages } from "../faults/outages.ts";
import { Network } from "../network/network.ts";
import { thresholds } from "../placement/thresholds.ts";
import { Auditor } from "../protocol/auditor.ts";
import { ChallengeContract } from "../protocol/challenges/challenge-contract.ts";
import { Client } from "../protocol/client.ts";
import { Ledger } from "../protocol/ledger.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { Observer } from "../protocol/observer.ts";
import { CountedPayload, type Payload } from "../protocol/payload.ts";
import { BytesPayload } from "../protocol/payload-bytes.ts";
import { Placement } from "../protocol/placement.ts";
import { StorageNode } from "../protocol/storage-node.ts";
import { RecoveryObserver } from "../protocol/unrecovered.ts";
import { VerifiedPayload } from "../protocol/verified-payload.ts";
import { addWorkload } from "../workload/add-workload.ts";
import type { DemandMessage } from "../workload/demand-message.ts";
import { preloadSizes } from "../workload/sizes.ts";
import { epochsOf, joiners, stakeOf } from "./committee-changes.ts";
import { faultGround } from "./fault-ground.ts";
import { formCommittee } from "./form-committee.ts";
import { nodeParameters } from "./node-parameters.ts";
import { latencyTable, placeNamed } from "./places.ts";
import type { ResolvedScenario } from "./scenario.ts";
import type { Populate } from "./scenario-world.ts";
import type { NodeIdentity } from "./simulated-world.ts";
import { type StoredCode, storedCode } from "./stored-code.ts";

/** All that is ever sent in such a world. */
type WorldMessage = WalrusMessage | DemandMessage | FaultMessage;

interface PlacedClient {
  readonly client: Client;
  readonly actor: ActorId;
  readonly share: number;
  readonly place: string;
  readonly region: string;
}

/** Of an outage that is no fault's. */
const NO_FAULT = -1;

/**
 * A scenario's world message by message. Actors are numbered in this order: nodes, ledger, auditor, clients,
 * attackers, workload, challenges, faults.
 *
 * @throws UserMistake if the scenario names a place that the latency table does not have
 */
export const populateMessages: Populate<WorldMessage> = (world, scenario, tables) => {
  const { committee, encoding, workload } = scenario;
  const luck = (decision: string) => world.engine.streams.stream(`build/${decision}`);
  const latency = latencyTable(scenario, tables);

  const seated = formCommittee(committee.nodes, committee.shards, luck("committee"));
  const members = [...seated, ...joiners(scenario, seated)];
  const stored = storedCode(encoding, committee.shards);
  const placement = new Placement({
    members: members.map(({ name, shardIndices }, actor) => ({
      actor,
      name,
      shards: shardIndices,
    })),
    code: stored.code,
    writeQuorum: stored.writeQuorum,
    answerQuorum: stored.answerQuorum,
    rotationSeed: Math.floor(luck("rotation")() * 2 ** 32),
  });
  world.engine.addPart("protocol/committees", placement.committees);
  const payload = payloadOf(world, scenario, stored, placement);
  const { blobBytesMax } = stored.code;
  const preloadedBytes = preloadSizes(workload.preload, blobBytesMax, luck("preload"));

  const epochs = epochsOf(scenario, members);
  const { metadataTimeout } = committee.recovery;
  const parameters = {
    ...nodeParameters(committee),
    shardSync: epochs && {
      ...committee.shardSync,
      metadataTimeout,
      garbageDelay: committee.garbageDelay ?? Math.round(committee.epoch / 2),
    },
  };
  const ledgerActor = members.length;
  const auditor = ledgerActor + 1;
  let network: Network | undefined;
  let outages: Outages | undefined;
  const storageNodes = members.map(({ name }, index) => {
    const left = epochs?.changes.find(({ kind, node }) => kind === "leaves" && node === index);
    const takeOff = () => {
      network?.setHost(index, false);
      // No fault that ends brings it up again.
      outages?.hold(index, NO_FAULT, 0);
    };
    const { epoch, how } = left ?? {};
    const node = new StorageNode({
      index,
      name,
      leaves:
        epoch === undefined || how === undefined || how === "serves"
          ? undefined
          : { epoch, how, takeOff },
      placement,
      payload,
      parameters,
      preloadedBytes,
      ledger: ledgerActor,
      auditor,
    });
    world.add(node);
    return node;
  });
  const nodes = members.map(({ name, place, provider, shardIndices }, actor): NodeIdentity => {
    const where = placeNamed(place, "committee.nodes", latency, luck("places"));
    const shards = shardIndices.length;
    return { actor, name, shards, place: where.name, region: where.region, provider };
  });
  const ledger = new Ledger({
    parameters: scenario.ledger,
    nodes: nodes.map(({ actor }) => actor),
    quorum: quorumOnChain(scenario, stored),
    epochs: epochs && {
      parameters: epochs,
      active: members.flatMap(({ stake, shards, shardIndices }, node) =>
        shardIndices.length > 0 ? [{ node, stake: stakeOf({ stake, shards }) }] : [],
      ),
      placement,
      quorum: thresholds(committee.shards).quorumOnChain,
      finality: scenario.ledger.certify,
    },
    preload:
      epochs === undefined || workload.preload.lifetime === undefined
        ? undefined
        : { endEpoch: 1 + workload.preload.lifetime, bytes: preloadedBytes },
    validity: thresholds(committee.shards).validityOnChain,
  });
  const preloaded = preloadedBytes.length;
  const at = scenario.horizon;
  const { healthEvery } = scenario.metrics;
  const added = [
    world.add(ledger),
    world.add(new Auditor({ nodes: storageNodes, ledger, placement, preloaded, at, healthEvery })),
  ];
  invariant(
    added[0] === ledgerActor && added[1] === auditor,
    () => `ledger and auditor are actors ${added.join(", ")}, and were announced as others`,
  );

  const newClient = (name: string, place: string) =>
    new Client({
      name,
      place,
      placement,
      payload,
      parameters: scenario.client,
      pairsPerMessageMax: scenario.grain === "sliver" ? 1 : Number.POSITIVE_INFINITY,
      ledger: ledgerActor,
      isOver: (blob) => ledger.state.lives.over.has(blob),
      epochs: epochs && {
        length: epochs.length,
        offset: Math.round(luck("committee-refresh")() * scenario.client.committeeRefresh.every),
      },
    });
  const clients = Object.entries(workload.clients).map(([name, share]): PlacedClient => {
    const where = placeNamed(name, "workload.clients", latency, luck("places"));
    const client = newClient(`client/${name}`, where.name);
    return { client, actor: world.add(client), share, place: where.name, region: where.region };
  });

  const attackers = floodPlaces(scenario).map((name): PlacedClient => {
    const where = placeNamed(name, "faults", latency, luck("attackers"));
    const client = newClient(`attacker/${name}`, where.name);
    return { client, actor: world.add(client), share: 0, place: where.name, region: where.region };
  });

  const hosts = { latency, nodes, clients: [...clients, ...attackers] };
  network = joinNetwork(world, scenario, hosts);
  const catalogue = addWorkload(world, workload, {
    clients,
    preloadedBytes,
    blobBytesMax,
    horizon: scenario.horizon,
    ledger: ledgerActor,
    over: () => ledger.state.lives.over,
  });
  const { challenges } = scenario;
  if (challenges.policy !== "none") {
    const delays = scenario.ledger;
    world.add(
      new ChallengeContract({ parameters: challenges, delays, placement, ledger, preloaded }),
    );
  }
  const whole = { nodes: storageNodes, ledger, placement, preloaded };
  const ground: FaultWorld = {
    nodes,
    clients,
    network,
    latency,
    ...faultGround(scenario, stored.code),
    ledger: ledgerActor,
    attackers: new Map(floodPlaces(scenario).map((name, i) => [name, attackers[i]!.actor])),
    newBlob: () => catalogue.beginOther(),
    view: new Observer({ ...whole, committees: placement.committees }),
  };
  const { faults, recovers } = scenario;
  const claim = recovers && { ...recovers, view: new RecoveryObserver(whole) };
  const injected = addFaults(world, faults, ground, claim);
  outages = injected.outages;
  const joined = network;
  const clientActors = clients.map(({ actor }) => actor);
  return {
    nodes,
    network: joined,
    senders: [...nodes.map(({ actor }) => actor), ...clientActors],
    isBusy: () => clients.some(({ client }) => client.state.operations.size > 0),
    close: () => {
      for (const client of clientActors) world.inject(client, { kind: "run-over" });
      world.runUntil(world.engine.now);
    },
    recovery: injected.recovery,
    check: () => joined.checkConservation(),
  };
};

/** Where the clients stand that flood the network, each once. */
function floodPlaces({ faults }: ResolvedScenario): string[] {
  const floods = listFaults(faults).flatMap((fault) =>
    fault.kind === "small-blob-flood" ? [fault.client] : [],
  );
  return [...new Set(floods)];
}

function payloadOf(
  world: World<WorldMessage>,
  scenario: ResolvedScenario,
  { code }: StoredCode,
  placement: Placement,
): Payload {
  const seed = Math.floor(world.engine.streams.stream("build/content")() * 2 ** 32);
  const counted = new CountedPayload(placement);
  if (scenario.payload === "counted" && scenario.verifyReads === 0) return counted;
  const real = new BytesPayload({ code, placement, seed });
  if (scenario.payload === "bytes") return real;
  const random = world.engine.streams.stream("verify-reads");
  return new VerifiedPayload({ counted, real, share: scenario.verifyReads, random });
}

function quorumOnChain(scenario: ResolvedScenario, stored: StoredCode): number {
  if (scenario.encoding.scheme !== "red-stuff") return stored.writeQuorum;
  return thresholds(scenario.committee.shards).quorumOnChain;
}

function joinNetwork(
  world: World<WorldMessage>,
  scenario: ResolvedScenario,
  hosts: { readonly latency: Parameters<typeof placeNamed>[2] } & {
    readonly nodes: readonly NodeIdentity[];
    readonly clients: readonly PlacedClient[];
  },
): Network {
  const { committee, client } = scenario;
  let network: Network | undefined;
  world.useTransport((port) => {
    network = new Network(port, {
      latency: hosts.latency,
      jitter: scenario.network.jitter,
      loss: scenario.network.loss,
      connectTimeout: client.connectTimeout,
    });
    return network;
  });
  const joined = network as unknown as Network;
  for (const { actor, name, place } of hosts.nodes) {
    joined.attach(actor, { name, place, up: committee.uplink, down: committee.downlink });
  }
  for (const {
    actor,
    place,
    client: { name },
  } of hosts.clients) {
    joined.attach(actor, { name, place, up: client.uplink, down: client.downlink });
  }
  return joined;
}
