import type { Actor, ActorId, Context, Fact } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import { days, hours, seconds } from "../engine/sim-time.ts";
import type { ParcelId, Transport, TransportPort } from "../engine/transport.ts";
import { World } from "../engine/world.ts";
import { Auditor } from "../protocol/auditor.ts";
import { ChallengeContract } from "../protocol/challenges/challenge-contract.ts";
import type { ChallengeParameters } from "../protocol/challenges/challenge-parameters.ts";
import { Client } from "../protocol/client.ts";
import { Ledger } from "../protocol/ledger.ts";
import type { PlainLie } from "../protocol/lies.ts";
import type { Mishap, Order, WalrusMessage } from "../protocol/messages.ts";
import type {
  ClientParameters,
  NodeParameters,
  RecoveryParameters,
} from "../protocol/parameters.ts";
import type { Payload } from "../protocol/payload.ts";
import { CountedPayload } from "../protocol/payload.ts";
import type { CodeShape } from "../protocol/placement.ts";
import { Placement } from "../protocol/placement.ts";
import { StorageNode } from "../protocol/storage-node.ts";

const still: Distribution = { kind: "constant", value: 0 };

/** Nodes that answer at once, and a client without pauses: what a test does not name takes no time. */
export const promptNode: NodeParameters = {
  cores: 1,
  coreTime: still,
  responseTime: {
    status: still,
    metadata: still,
    store: still,
    serve: still,
    confirm: still,
    perMiB: 0,
  },
  queueLimit: seconds(1),
};

/** Recovery as Walrus sets it, but for luck: no jitter. Not on unless a test asks for it. */
export const promptRecovery: RecoveryParameters = {
  deferral: { small: seconds(15), medium: seconds(30), large: seconds(120) },
  blobSyncs: 100,
  blobTasks: 1000,
  sliverSyncs: 2000,
  metadataTimeout: seconds(5),
  symbolTimeout: seconds(45),
  proofTimeout: seconds(300),
  backoff: { min: seconds(1), max: hours(1), jitter: 0 },
  symbolRequests: 1000,
  noticeDiskLoss: true,
};

export const promptClient: ClientParameters = {
  requestTimeout: seconds(300),
  backoff: { min: seconds(1), max: seconds(30), retries: 5, jitter: 0 },
  nodeConnections: 10,
  concurrentWrites: 100_000,
  dataInFlight: 1e12,
  metadataReads: 3,
  statusCheck: true,
  registrationDelay: 0,
  tail: { factor: 0.5, base: seconds(0.5) },
  reuploadRounds: 2,
  consistencyCheck: "default",
  handshakeRoundTrips: 0,
  connectionIdle: seconds(90),
  committeeRefresh: {
    every: seconds(30),
    nearEnd: seconds(5),
    near: seconds(300),
    grace: seconds(10),
  },
  committeeChangeBackoff: { min: seconds(1), max: seconds(5), retries: 5 },
  encodeTime: { base: 0, perMiB: 0 },
  decodeTime: { base: 0, perMiB: 0 },
  checkShare: 0.75,
  statusCheckThreshold: 5560,
  range: { timeout: seconds(10), attempts: 3, delay: seconds(0.1) },
};

/** The sizes of Red Stuff, without its bytes. */
export function redStuffShape(shardCount: number): CodeShape & { readonly writeQuorum: number } {
  const faultyMax = Math.floor((shardCount - 1) / 3);
  const rows = shardCount - 2 * faultyMax;
  const columns = shardCount - faultyMax;
  return {
    shardCount,
    primaryNeeded: rows,
    secondaryNeeded: columns,
    writeQuorum: columns,
    layout: (blobBytes) => {
      const share = Math.ceil(Math.max(1, blobBytes) / (rows * columns));
      const symbolBytes = share + (share % 2);
      return {
        symbolBytes,
        primaryBytes: columns * symbolBytes,
        secondaryBytes: rows * symbolBytes,
        metadataBytes: 66 * shardCount + 12,
      };
    },
  };
}

export interface SmallNetworkOptions {
  readonly seed?: string;
  /** Shards of each node. */
  readonly weights: readonly number[];
  readonly code?: CodeShape & { readonly writeQuorum: number };
  readonly node?: Partial<NodeParameters>;
  readonly client?: Partial<ClientParameters>;
  readonly pairsPerMessageMax?: number;
  /** From a registration until a node knows of it. */
  readonly propagation?: Duration;
  /** Every message between client and nodes takes this long. */
  readonly oneWay?: Duration;
  /** Nodes that are down: what is sent to them is lost. */
  readonly down?: readonly number[];
  readonly liars?: Readonly<Record<number, PlainLie>>;
  readonly preloadedBytes?: readonly number[];
  readonly payload?: (placement: Placement) => Payload;
  readonly challenges?: ChallengeParameters;
}

/** A committee, a ledger, one client and one demand, at a fixed distance from one another. */
export class SmallNetwork {
  readonly world: World<WalrusMessage>;
  readonly facts: Fact[] = [];
  readonly client: ActorId;
  readonly demand: ActorId;
  readonly #auditor: ActorId;
  readonly #nodes: readonly StorageNode[];

  constructor(options: SmallNetworkOptions) {
    let client = -1;
    let demand = -1;
    let nodes: readonly StorageNode[] = [];
    this.world = new World<WalrusMessage>({
      seed: options.seed ?? "small",
      build: (world) => {
        const ids = buildSmall(world, options);
        client = ids.client;
        demand = ids.demand;
        nodes = ids.storageNodes;
      },
    });
    this.client = client;
    this.demand = demand;
    this.#nodes = nodes;
    this.#auditor = auditorOf(options.weights);
    this.world.observeFacts((fact) => this.facts.push(fact));
  }

  order(order: Order, at?: number): void {
    this.world.inject(this.client, order, at);
  }

  read(read: number, blob: number, at?: number): void {
    this.order({ kind: "start-read", read, blob, replyTo: this.demand }, at);
  }

  write(write: number, blob: number, bytes: number, at?: number): void {
    this.order({ kind: "start-write", write, blob, bytes, replyTo: this.demand }, at);
  }

  run(duration: Duration = seconds(3600)): void {
    this.world.runUntil(duration);
  }

  /** Lets something befall a node. */
  befall(node: number, mishap: Mishap, at: number): void {
    this.world.inject(node, mishap, at);
  }

  /** What a node would serve of a blob as it is. */
  held(node: number, blob: number) {
    return this.#nodes[node]?.honestlyHeld(blob);
  }

  /** Runs up to a time, and says what disks hold then. */
  audit(at: number) {
    this.world.inject(this.#auditor, { kind: "audit" }, at);
    this.run(at);
    return this.found("audit").at(-1);
  }

  /** Details of all facts of one kind. */
  found(fact: string) {
    return this.facts.filter((each) => each.fact === fact).map((each) => each.details);
  }
}

const auditorOf = (weights: readonly number[]): ActorId => weights.length + 1;

function buildSmall(world: World<WalrusMessage>, options: SmallNetworkOptions) {
  const { weights, liars = {}, preloadedBytes = [] } = options;
  const shardCount = weights.reduce((sum, weight) => sum + weight, 0);
  const code = options.code ?? redStuffShape(shardCount);
  let shard = 0;
  const members = weights.map((weight, actor) => ({
    actor,
    name: `node-${actor}`,
    shards: Array.from({ length: weight }, () => shard++),
  }));
  const placement = new Placement({
    members,
    code,
    writeQuorum: code.writeQuorum,
    answerQuorum: code.writeQuorum,
    rotationSeed: 7,
  });
  world.engine.addPart("protocol/committees", placement.committees);
  const payload = options.payload?.(placement) ?? new CountedPayload(placement);
  const parameters = { ...promptNode, ...options.node };
  const storageNodes: StorageNode[] = [];
  members.forEach(({ name }, index) => {
    const node = new StorageNode({
      index,
      name,
      placement,
      payload,
      parameters,
      preloadedBytes,
      ledger: weights.length,
      auditor: auditorOf(weights),
    });
    const kind = liars[index];
    if (kind !== undefined) node.state.lies = [{ fault: -1, lies: [{ kind }] }];
    world.add(node);
    storageNodes.push(node);
  });
  const nodes = members.map(({ actor }) => actor);
  const propagation: Distribution = { kind: "constant", value: options.propagation ?? 0 };
  const delays = { register: still, certify: still, propagation };
  const chain = new Ledger({
    parameters: delays,
    nodes,
    quorum: code.writeQuorum,
    validity: Math.ceil((shardCount + 1) / 3),
  });
  const ledger = world.add(chain);
  const at = days(100_000); // No test asks for it.
  const preloaded = preloadedBytes.length;
  world.add(new Auditor({ nodes: storageNodes, ledger: chain, placement, preloaded, at }));
  const client = world.add(
    new Client({
      name: "client",
      place: "here",
      placement,
      payload,
      parameters: { ...promptClient, ...options.client },
      pairsPerMessageMax: options.pairsPerMessageMax ?? Number.POSITIVE_INFINITY,
      ledger,
    }),
  );
  const demand = world.add(new Silence());
  if (options.challenges !== undefined) {
    const parameters = options.challenges;
    world.add(new ChallengeContract({ parameters, delays, placement, ledger: chain, preloaded }));
  }
  const down = new Set(options.down ?? []);
  const isDown = (actor: ActorId) => down.has(actor) || storageNodes[actor]?.state.up === false;
  world.useTransport((port) => new Distance(port, options.oneWay ?? 0, isDown));
  return { client, demand, storageNodes };
}

/** Hears what comes of its orders, and says nothing. */
class Silence implements Actor<WalrusMessage, null> {
  readonly name = "demand";
  state = null;
  receive(_message: WalrusMessage, _from: ActorId, _context: Context<WalrusMessage>): void {}
}

/** Everyone is equally far from everyone, and some hosts are dead. */
class Distance implements Transport {
  readonly #port: TransportPort;
  readonly #oneWay: Duration;
  readonly #isDown: (actor: ActorId) => boolean;
  readonly #arrive: number;
  readonly #fail: number;

  constructor(port: TransportPort, oneWay: Duration, isDown: (actor: ActorId) => boolean) {
    this.#port = port;
    this.#oneWay = oneWay;
    this.#isDown = isDown;
    this.#arrive = port.engine.handler("arrive", (parcel) => port.deliver(parcel));
    this.#fail = port.engine.handler("fail", (parcel) => port.lose(parcel));
  }

  carry(parcel: ParcelId, _from: ActorId, to: ActorId): void {
    const { engine } = this.#port;
    if (this.#isDown(to)) engine.schedule(seconds(5), this.#fail, parcel);
    else engine.schedule(this.#oneWay, this.#arrive, parcel);
  }
}
