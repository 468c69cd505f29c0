import type { ActorId, Message } from "../engine/actor.ts";
import { type Duration, minutes, seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import type { WatchedRecovery } from "../faults/add-faults.ts";
import type { NetworkControl } from "../faults/network-control.ts";
import { awaitRecovery } from "./await-recovery.ts";
import type { ResolvedScenario } from "./scenario.ts";
import type { NodeIdentity, NodeTraffic, SimulatedWorld } from "./simulated-world.ts";
import type { Tables } from "./tables.ts";

/** How long after the horizon operations may take to end; then they count as timeouts. */
const DRAIN_MAX: Duration = minutes(60);
const DRAIN_STEP: Duration = seconds(10);

/** What one kind of world is made of, as far as a run asks. */
export interface WorldParts {
  readonly nodes: readonly NodeIdentity[];
  readonly network: Pick<NetworkControl, "counters">;
  /** Whose messages are counted. */
  readonly senders: readonly ActorId[];
  /** Some operation has not ended. */
  isBusy(): boolean;
  /** After the last operation has ended, or may take no longer. */
  close?(): void;
  /** Who watches over recovery, where the scenario claims it. */
  readonly recovery: WatchedRecovery | undefined;
  /** Once all is over. */
  check?(): void;
}

/** Adds all actors of a scenario to a world, always in the same order. */
export type Populate<M extends Message> = (
  world: World<M>,
  scenario: ResolvedScenario,
  tables: Tables,
) => WorldParts;

/** One replication of a scenario, whatever it is made of; its luck is that of `<seed>/<replication>`. */
export class ScenarioWorld<M extends Message> implements SimulatedWorld {
  readonly world: World<M>;
  readonly nodes: readonly NodeIdentity[];
  readonly #populate: Populate<M>;
  readonly #scenario: ResolvedScenario;
  readonly #replication: number;
  readonly #tables: Tables;
  readonly #parts: WorldParts;

  constructor(
    populate: Populate<M>,
    scenario: ResolvedScenario,
    replication: number,
    tables: Tables,
  ) {
    this.#populate = populate;
    this.#scenario = scenario;
    this.#replication = replication;
    this.#tables = tables;
    let parts: WorldParts | undefined;
    this.world = new World<M>({
      seed: `${scenario.seed}/${replication}`,
      build: (world) => {
        parts = populate(world, scenario, tables);
      },
    });
    this.#parts = parts as unknown as WorldParts;
    this.nodes = this.#parts.nodes;
  }

  run(): void {
    const { world } = this;
    const { horizon } = this.#scenario;
    world.runUntil(horizon);
    const end = horizon + DRAIN_MAX;
    while (this.#parts.isBusy() && world.engine.now < end) {
      world.runUntil(Math.min(end, world.engine.now + DRAIN_STEP));
    }
    this.#parts.close?.();
    awaitRecovery(this.#parts.recovery, {
      now: () => world.engine.now,
      tell: (actor, message) => world.inject(actor, message as unknown as M),
      runUntil: (time) => world.runUntil(time),
    });
    this.#parts.check?.();
  }

  traffic(): readonly NodeTraffic[] {
    return this.nodes.map(({ actor }) => {
      const { bytesSent, bytesReceived, messagesLost } = this.#counters(actor);
      return { sentBytes: bytesSent, receivedBytes: bytesReceived, lostMessages: messagesLost };
    });
  }

  messageCount(): number {
    const { senders } = this.#parts;
    return senders.reduce((sum, actor) => sum + this.#counters(actor).messagesSent, 0);
  }

  fork(salt?: string): ScenarioWorld<M> {
    const twin = new ScenarioWorld(this.#populate, this.#scenario, this.#replication, this.#tables);
    twin.world.restore(this.world.snapshot(), salt);
    return twin;
  }

  #counters(actor: ActorId): ReturnType<NetworkControl["counters"]> {
    return this.#parts.network.counters(actor);
  }
}
