import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { LedgerParameters } from "../protocol/parameters.ts";
import { shardsByNode } from "./cohort-state.ts";
import type { SizeMeans } from "./costs.ts";
import { holdersOf } from "./holders.ts";
import type { CohortMessage } from "./messages.ts";
import type { CohortParameters } from "./parameters.ts";
import type { Ground } from "./paths.ts";
import { blobAt } from "./population.ts";
import { asOf } from "./progress.ts";
import { sampleRead } from "./read-sample.ts";
import { sizeAt } from "./size-classes.ts";
import type { StorageSystem } from "./storage-system.ts";
import { sampleWrite } from "./write-sample.ts";

interface OpenOperation {
  readonly kind: "read" | "write";
  readonly serial: number;
  readonly blob: string;
  readonly blobBytes: number;
  readonly startedAt: number;
  readonly replyTo: ActorId;
}

/** Plain data. */
interface ClientState {
  readonly open: Map<number, OpenOperation>;
  nextOperation: number;
  /** When something last came through the connection to each node. */
  readonly heardAt: Float64Array;
  /** By node: what operations have moved, asked and found down. */
  readonly sentToNodes: Float64Array;
  readonly sentByNodes: Float64Array;
  /** Of that: when nobody waited for it any more. */
  readonly sentTooLate: Float64Array;
  readonly requests: Float64Array;
  readonly lostRequests: Float64Array;
}

/** A client: each of its reads and writes is drawn in one go, from how the nodes stand when it begins. */
export class CohortClient implements Actor<CohortMessage, ClientState> {
  readonly name: string;
  readonly place: string;
  state: ClientState;
  readonly #ground: Ground;
  readonly #system: StorageSystem;
  readonly #parameters: CohortParameters;
  readonly #means: Pick<SizeMeans, "metadata">;
  readonly #layout: (bytes: number) => { primaryBytes: number; secondaryBytes: number };
  readonly #ledger: LedgerParameters;

  constructor(options: {
    readonly name: string;
    readonly place: string;
    readonly ground: Ground;
    readonly system: StorageSystem;
    readonly parameters: CohortParameters;
    readonly means: Pick<SizeMeans, "metadata">;
    readonly layout: (bytes: number) => { primaryBytes: number; secondaryBytes: number };
    readonly ledger: LedgerParameters;
  }) {
    this.name = options.name;
    this.place = options.place;
    this.#ground = options.ground;
    this.#system = options.system;
    this.#parameters = options.parameters;
    this.#means = options.means;
    this.#layout = options.layout;
    this.#ledger = options.ledger;
    const perNode = () => new Float64Array(options.parameters.members.length);
    this.state = {
      open: new Map(),
      nextOperation: 0,
      heardAt: perNode().fill(Number.NEGATIVE_INFINITY),
      sentToNodes: perNode(),
      sentByNodes: perNode(),
      sentTooLate: perNode(),
      requests: perNode(),
      lostRequests: perNode(),
    };
  }

  receive(message: CohortMessage, _from: ActorId, context: Context<CohortMessage>): void {
    switch (message.kind) {
      case "start-read":
        this.#read(message.read, message.blob, message.replyTo, context);
        break;
      case "start-write":
        this.#write(message.write, message.bytes, message.replyTo, context);
        break;
      case "operation-over":
        this.#end(message, context);
        break;
      case "run-over":
        // What was drawn stands, however long it takes.
        break;
      default:
        break; // Not for a client.
    }
  }

  // `position` is the blob's place by age among all there are.
  #read(read: number, position: number, replyTo: ActorId, context: Context<CohortMessage>): void {
    const { state } = this;
    const { now } = context;
    const system = asOf(this.#system.state, this.#parameters, now);
    const { seed, sizes, primaryNeeded } = this.#parameters;
    const point = blobAt(system.population, position, seed);
    const blob = `${point.cohort.id}/${point.index}`;
    const blobBytes = sizeAt(sizes[point.cohort.sizes]!, point.sizeShare);
    context.record("read-started", { read, blob, kind: "whole" });
    const sample = sampleRead(
      {
        holders: holdersOf(system, point),
        nodes: system.nodes,
        blobBytes,
        primaryBytes: this.#layout(blobBytes).primaryBytes,
        metadataBytes: this.#means.metadata,
        primaryNeeded,
        answerQuorum: this.#answerQuorum,
        isOpen: (node) => this.#isOpen(node, now),
      },
      this.#ground,
      context.random("read"),
    );
    for (const node of sample.heard) state.heardAt[node] = now + sample.duration;
    for (const [node, { bytes, late }] of sample.sent) {
      state.sentByNodes[node]! += bytes;
      state.sentTooLate[node]! += late;
    }
    this.#count(sample.asked, sample.lost);
    this.#bite(sample.asked, context);
    this.#open(
      { kind: "read", serial: read, blob, blobBytes, startedAt: now, replyTo },
      "read-finished",
      sample,
      context,
    );
  }

  #write(
    write: number,
    blobBytes: number,
    replyTo: ActorId,
    context: Context<CohortMessage>,
  ): void {
    const system = this.#system.state;
    const { writeQuorum, members } = this.#parameters;
    const { now } = context;
    const { primaryBytes, secondaryBytes } = this.#layout(blobBytes);
    const blob = `written/${write}`;
    context.record("write-started", { write, blob, bytes: blobBytes });
    const shards = shardsByNode(system.owners, members.length).map(({ length }) => length);
    const sample = sampleWrite(
      {
        nodes: system.nodes,
        shards,
        blobBytes,
        pairBytes: primaryBytes + secondaryBytes,
        metadataBytes: this.#means.metadata,
        answerQuorum: this.#answerQuorum,
        writeQuorum,
        ledger: this.#ledger,
        isOpen: (node) => this.#isOpen(node, now),
      },
      this.#ground,
      context.random("write"),
    );
    for (const [node, bytes] of sample.received) this.state.sentToNodes[node]! += bytes;
    for (const node of sample.heard) this.state.heardAt[node] = now + sample.duration;
    this.#count([...sample.heard, ...sample.lost], sample.lost);
    const operation = { serial: write, blob, blobBytes, startedAt: now, replyTo };
    this.#open({ kind: "write", ...operation }, "write-finished", sample, context);
  }

  // Nodes of that weight hold one that is honest.
  get #answerQuorum(): number {
    const { shardCount, faultyMax } = this.#parameters;
    return Math.min(shardCount, 2 * faultyMax + 1);
  }

  #isOpen(node: number, now: number): boolean {
    return now - this.state.heardAt[node]! <= this.#ground.parameters.connectionIdle;
  }

  #open(
    operation: OpenOperation,
    fact: "read-finished" | "write-finished",
    { duration, details }: { readonly duration: number; readonly details: object },
    context: Context<CohortMessage>,
  ): void {
    const id = this.state.nextOperation++;
    this.state.open.set(id, operation);
    context.wake(duration, {
      kind: "operation-over",
      fact,
      operation: id,
      details: details as Record<string, number | string>,
    });
  }

  #end(
    { fact, operation: id, details }: Extract<CohortMessage, { kind: "operation-over" }>,
    context: Context<CohortMessage>,
  ): void {
    const { kind, serial, blob, blobBytes, startedAt, replyTo } = this.state.open.get(id)!;
    this.state.open.delete(id);
    const { name: client, place } = this;
    context.record(fact, { [kind]: serial, blob, client, place, startedAt, ...details });
    const outcome = String(details.outcome);
    const done = { blob: 0, outcome: outcome as never };
    if (kind === "read") context.send(replyTo, { kind: "read-done", read: serial, ...done }, 0);
    else {
      const written = { write: serial, bytes: blobBytes };
      context.send(replyTo, { kind: "write-done", ...written, ...done }, 0);
    }
  }

  #count(asked: readonly number[], lost: readonly number[]): void {
    for (const node of asked) this.state.requests[node]!++;
    for (const node of lost) this.state.lostRequests[node]!++;
  }

  // A lie or a slow node bites when an operation meets it.
  #bite(asked: readonly number[], context: Context<CohortMessage>): void {
    const bites = new Map<number, number>();
    const bite = (fault: number) => bites.set(fault, (bites.get(fault) ?? 0) + 1);
    for (const node of asked) {
      const { up, conduct, slowness, slownessFault } = this.#system.state.nodes[node]!;
      if (!up) continue;
      if (!conduct.serves) bite(conduct.fault);
      else if (slowness !== 1) bite(slownessFault);
    }
    for (const [fault, count] of bites) context.record("fault-bit", { fault, count });
  }
}
