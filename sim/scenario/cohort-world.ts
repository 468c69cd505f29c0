import { CohortClient } from "../cohorts/cohort-client.ts";
import { CohortNetwork } from "../cohorts/cohort-network.ts";
import { CohortNode } from "../cohorts/cohort-node.ts";
import { shardsByNode } from "../cohorts/cohort-state.ts";
import { sizeMeans } from "../cohorts/costs.ts";
import type { CohortMessage } from "../cohorts/messages.ts";
import { SampledReads, SampledWrites, Serials } from "../cohorts/sampled-operations.ts";
import { StorageSystem } from "../cohorts/storage-system.ts";
import type { ActorId } from "../engine/actor.ts";
import type { World } from "../engine/world.ts";
import { addFaults } from "../faults/add-faults.ts";
import type { FaultMessage } from "../faults/fault-message.ts";
import type { FaultWorld } from "../faults/fault-world.ts";
import type { LatencyTable } from "../network/latency-table.ts";
import { meanRate } from "../workload/arrivals.ts";
import { ClosedDemand } from "../workload/closed-demand.ts";
import type { Arrivals } from "../workload/demand.ts";
import { OpenDemand } from "../workload/open-demand.ts";
import type { Operation } from "../workload/operation.ts";
import { cohortParameters } from "./cohort-parameters.ts";
import { joiners } from "./committee-changes.ts";
import { faultGround } from "./fault-ground.ts";
import { formCommittee } from "./form-committee.ts";
import { latencyTable, placeNamed } from "./places.ts";
import type { ResolvedScenario } from "./scenario.ts";
import type { Populate } from "./scenario-world.ts";
import type { NodeIdentity } from "./simulated-world.ts";
import { storedCode } from "./stored-code.ts";

/** All that is ever sent in such a world. */
type WorldMessage = CohortMessage | FaultMessage;

/**
 * A scenario's world aggregated: populations of blobs instead of messages. Actors are numbered in this order:
 * nodes, the system, clients, demands, faults.
 *
 * @throws UserMistake if the scenario names a place that the latency table does not have
 */
export const populateCohorts: Populate<WorldMessage> = (world, scenario, tables) => {
  const { committee, encoding, workload } = scenario;
  const luck = (decision: string) => world.engine.streams.stream(`build/${decision}`);
  const latency = latencyTable(scenario, tables);
  const seated = formCommittee(committee.nodes, committee.shards, luck("committee"));
  const members = [...seated, ...joiners(scenario, seated)];
  const { code } = storedCode(encoding, committee.shards);
  const systemActor: ActorId = members.length;
  const nodes = members.map(({ name, place, provider, shardIndices }, node): NodeIdentity => {
    const where = placeNamed(place, "committee.nodes", latency, luck("places"));
    const actor = world.add(new CohortNode(name, node, systemActor));
    const shards = shardIndices.length;
    return { actor, name, shards, place: where.name, region: where.region, provider };
  });
  const places = nodes.map(({ place }) => latency.indexOf(place) as number);
  const { blobBytesMax } = code;
  const parameters = cohortParameters(scenario, { members, places, latency, blobBytesMax, luck });
  const system = new StorageSystem(parameters);
  world.add(system);

  const means = sizeMeans(parameters);
  const clients = Object.entries(workload.clients).map(([name, share]) => {
    const where = placeNamed(name, "workload.clients", latency, luck("places"));
    const client = new CohortClient({
      name: `client/${name}`,
      place: where.name,
      ground: groundOf(scenario, latency, places, latency.indexOf(where.name) as number),
      system,
      parameters,
      means,
      layout: (bytes) => code.layout(bytes),
      ledger: scenario.ledger,
    });
    return { client, actor: world.add(client), share, place: where.name, region: where.region };
  });
  addDemand(world, scenario, { clients, system, blobBytesMax });
  const network = new CohortNetwork(
    system,
    clients.map(({ client }) => client),
    (node, delay, rate) => world.inject(systemActor, { kind: "scale-network", node, delay, rate }),
  );
  const ground: FaultWorld = {
    nodes,
    clients,
    network,
    latency,
    ...faultGround(scenario, code),
    ledger: systemActor,
    attackers: new Map(),
    // Faults that ask for these are refused where the scenario is read.
    newBlob: () => 0,
    view: {
      shards: () => shardsByNode(system.state.owners, nodes.length).map(({ length }) => length),
      backlog: () => 0,
      weakestBlob: () => [],
    },
  };
  const { faults, recovers } = scenario;
  const claim = recovers && { ...recovers, view: system };
  const { recovery } = addFaults(world, faults, ground, claim);
  return {
    nodes,
    network,
    senders: nodes.map(({ actor }) => actor),
    isBusy: () => clients.some(({ client }) => client.state.open.size > 0),
    recovery,
  };
};

function groundOf(
  { network, client, committee }: ResolvedScenario,
  latency: LatencyTable,
  nodes: readonly number[],
  place: number,
) {
  return {
    latency,
    jitter: network.jitter,
    client: place,
    nodes,
    parameters: client,
    node: {
      cores: committee.cores,
      coreTime: committee.serviceTime,
      responseTime: committee.responseTime,
      queueLimit: committee.queueLimit,
    },
    connectTimeout: client.connectTimeout,
    uplink: client.uplink,
    downlink: client.downlink,
    nodeUplink: committee.uplink,
    nodeDownlink: committee.downlink,
  };
}

function addDemand(
  world: World<WorldMessage>,
  { workload, cohorts, horizon }: ResolvedScenario,
  means: {
    readonly clients: readonly { readonly actor: ActorId; readonly share: number }[];
    readonly system: StorageSystem;
    readonly blobBytesMax: number;
  },
): void {
  const { clients, system, blobBytesMax } = means;
  const [reads, writes] = [new Serials(), new Serials()];
  world.engine.addPart("cohorts/reads", reads);
  world.engine.addPart("cohorts/writes", writes);
  const add = (name: string, arrivals: Arrivals, operation: Operation) =>
    world.add(
      arrivals.kind === "closed"
        ? new ClosedDemand(name, arrivals, operation, clients, horizon)
        : new OpenDemand(name, arrivals, operation, horizon),
    );
  workload.reads.forEach((demand, index) => {
    if (demand.arrivals.kind === "on-write") return; // Refused where the scenario is read.
    const operation = new SampledReads(demand, clients, system, reads);
    add(`workload/reads/${index}`, demand.arrivals, operation);
  });
  if (cohorts.sampledWrites === 0) return;
  workload.writes.forEach((demand, index) => {
    const rate = meanRate(demand.arrivals) * cohorts.sampledWrites;
    const operation = new SampledWrites(demand, clients, blobBytesMax, writes);
    add(`workload/writes/${index}`, { kind: "poisson", rate }, operation);
  });
}
