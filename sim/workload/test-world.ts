import type { Actor, Context, Fact } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import type { WriteOutcome } from "../protocol/messages.ts";
import { addWorkload } from "./add-workload.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ReadDemand, Surge, WriteDemand } from "./demand.ts";
import type { DemandMessage } from "./demand-message.ts";

/** A client without a network: each operation takes the same time. It records what it was ordered. */
class TestClient implements Actor<DemandMessage> {
  readonly name: string;
  state = null;
  readonly #takes: Duration;
  readonly #writeOutcome: WriteOutcome;

  constructor(name: string, takes: Duration, writeOutcome: WriteOutcome) {
    this.name = name;
    this.#takes = takes;
    this.#writeOutcome = writeOutcome;
  }

  receive(message: DemandMessage, from: number, context: Context<DemandMessage>): void {
    if (message.kind !== "start-read" && message.kind !== "start-write") return;
    if (from !== context.self) {
      const { kind, blob } = message;
      const details = message.kind === "start-read" ? readDetails(message) : writeDetails(message);
      context.record(kind, { client: this.name, blob, demand: from, ...details });
      context.wake(this.#takes, message);
    } else if (message.kind === "start-read") {
      const { read, blob, replyTo } = message;
      context.send(replyTo, { kind: "read-done", read, blob, outcome: "ok" }, 0);
    } else {
      const { write, blob, bytes, replyTo } = message;
      const outcome = this.#writeOutcome;
      context.send(replyTo, { kind: "write-done", write, blob, bytes, outcome }, 0);
    }
  }
}

const readDetails = ({ read, range }: Extract<DemandMessage, { kind: "start-read" }>) =>
  range === undefined ? { read } : { read, offset: range.offset, bytes: range.bytes };

const writeDetails = ({ write, bytes }: Extract<DemandMessage, { kind: "start-write" }>) => ({
  write,
  bytes,
});

interface TestWorldOptions {
  readonly horizon: SimTime;
  readonly reads?: readonly ReadDemand[];
  readonly writes?: readonly WriteDemand[];
  readonly surges?: readonly Surge[];
  readonly preloadedBytes?: readonly number[];
  /** Shares of the clients, of which there is one unless told. */
  readonly shares?: readonly number[];
  /** Time that each operation takes. */
  readonly takes?: Duration;
  readonly writeOutcome?: WriteOutcome;
  readonly seed?: string;
}

/** Demands and clients, and nothing between them. */
export class TestWorld {
  readonly world: World<DemandMessage>;
  readonly facts: Fact[] = [];
  /** Of the world, not of its forks. */
  readonly catalogue: Catalogue;

  constructor(options: TestWorldOptions) {
    const { shares = [1], takes = 0, writeOutcome = "ok", horizon } = options;
    const catalogues: Catalogue[] = [];
    this.world = new World<DemandMessage>({
      seed: options.seed ?? "workload",
      build: (world) => {
        const clients = shares.map((share, index) => ({
          actor: world.add(new TestClient(`client-${index}`, takes, writeOutcome)),
          share,
        }));
        const workload = {
          reads: options.reads ?? [],
          writes: options.writes ?? [],
          surges: options.surges ?? [],
        };
        const { preloadedBytes = [] } = options;
        const details = { clients, preloadedBytes, horizon, blobBytesMax: 2 ** 40 };
        catalogues.push(addWorkload(world, workload, details));
      },
    });
    this.catalogue = catalogues[0]!;
    this.world.observeFacts((fact) => this.facts.push(fact));
  }

  /** Runs to the horizon and beyond it, until all is still. */
  run(): this {
    this.world.runUntil(Number.MAX_SAFE_INTEGER);
    return this;
  }

  /** Times of all orders of a kind, in order. */
  times(kind: "start-read" | "start-write"): number[] {
    return this.ordered(kind).map((fact) => fact.time);
  }

  ordered(kind: "start-read" | "start-write"): Fact[] {
    return this.facts.filter((fact) => fact.fact === kind);
  }
}
