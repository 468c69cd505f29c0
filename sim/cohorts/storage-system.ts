import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { type SimTime, seconds } from "../engine/sim-time.ts";
import type { Unrecovered } from "../protocol/unrecovered.ts";
import { tellSigned } from "./bites.ts";
import { type CohortState, newCohortState, weightWhere } from "./cohort-state.ts";
import { sizeMeans } from "./costs.ts";
import { noticeLoss } from "./disk-loss.ts";
import { attest, awaitCall, endMetadata, takeCall } from "./epochs.ts";
import { type Gap, isClosed } from "./gaps.ts";
import { gapsInHand } from "./gaps-in-hand.ts";
import { recordAudit, recordHealth } from "./health.ts";
import type { CohortMessage } from "./messages.ts";
import { befall } from "./mishaps.ts";
import { endIfWhole, tellRecovered } from "./node-life.ts";
import type { CohortParameters } from "./parameters.ts";
import { addCohort, grownBy, type Population } from "./population.ts";
import { carryForward, nextDone } from "./progress.ts";
import type { Scene } from "./scene.ts";
import { endSync, giveUpStalled, noteBeginnings } from "./shard-sync.ts";
import { countSpan, endSpan, lookForSpan, nextOfSpan } from "./spans.ts";
import { isWhole, unrecovered } from "./unrecovered.ts";
import { planWork } from "./work.ts";

const LOOK_AGAIN_MIN = seconds(1);
const LOOK_AGAIN_MAX = seconds(3600);

/**
 * All storage nodes at once: what they lack, as few rectangles in time and ID, and the work of closing
 * them, as flows. Something happens when a node changes or work is done, however many blobs there are.
 */
export class StorageSystem implements Actor<CohortMessage, CohortState> {
  readonly name = "storage";
  state: CohortState;
  readonly #parameters: CohortParameters;
  readonly #means;

  constructor(parameters: CohortParameters) {
    this.#parameters = parameters;
    this.#means = sizeMeans(parameters);
    this.state = newCohortState(parameters);
  }

  start(context: Context<CohortMessage>): void {
    const { healthEvery, horizon } = this.#parameters;
    this.#change(context, awaitCall);
    context.wake(healthEvery, { kind: "take-health" });
    context.wake(horizon, { kind: "audit" });
  }

  receive(message: CohortMessage, _from: ActorId, context: Context<CohortMessage>): void {
    switch (message.kind) {
      case "befall":
        this.#change(context, (scene) => befall(message.node, message.mishap, scene));
        break;
      case "epoch-call":
        this.#change(context, (scene) => takeCall(message.epoch, scene));
        break;
      case "collect-garbage": {
        const { kind: _, ...details } = message;
        context.record("garbage-collected", details);
        break;
      }
      case "notice":
        this.#change(context, (scene) => noticeLoss(message.node, scene));
        break;
      case "scale-network":
        this.#change(context, ({ state }) => {
          const { delay, rate } = message;
          Object.assign(state.nodes[message.node]!, { delay, rate });
        });
        break;
      case "work-again":
        this.#goOn(context);
        break;
      case "work":
        this.state.timer = undefined;
        this.#goOn(context);
        break;
      case "take-health":
        this.#goOn(context);
        this.#tellTotals(context);
        recordHealth(this.#scene(context));
        context.wake(this.#parameters.healthEvery, { kind: "take-health" });
        break;
      case "audit":
        this.#goOn(context);
        this.#tellTotals(context);
        endSpan(this.#scene(context));
        recordAudit(this.#scene(context));
        break;
      default:
        break; // Not for it.
    }
  }

  /** The blobs there are at an instant from the last event on. */
  populationAt(now: SimTime): Population {
    const { population, at } = this.state;
    return grownBy(population, this.#parameters.growth, now - at);
  }

  /** Blobs are not told apart by age: whatever is lacking counts. */
  newest(): number {
    return 0;
  }

  isWhole(): boolean {
    return isWhole({ state: this.state, parameters: this.#parameters });
  }

  unrecovered(): readonly Unrecovered[] {
    return unrecovered({ state: this.state, parameters: this.#parameters });
  }

  /** Carries everything forward to now, lets something happen, and goes on from there. */
  #change(context: Context<CohortMessage>, happen: (scene: Scene) => void): void {
    this.#carry(context);
    happen(this.#scene(context));
    this.#endGaps(this.#scene(context));
    this.state.lookAgainIn = LOOK_AGAIN_MIN;
    this.#plan(context);
  }

  #goOn(context: Context<CohortMessage>): void {
    this.#carry(context);
    this.#plan(context);
  }

  #carry(context: Context<CohortMessage>): void {
    const scene = this.#scene(context);
    const before = this.state.at;
    carryForward(this.state, this.#parameters, context.now);
    countSpan(scene, before);
    this.#endGaps(scene);
  }

  #endGaps(scene: Scene): void {
    const { state } = this;
    state.nodes.forEach(({ metadata }, node) => {
      if (metadata >= 1) endMetadata(node, scene);
    });
    for (const gap of [...state.gaps.values()]) {
      if (!isClosed(gap)) continue;
      if (gap.origin === "gained") {
        endSync(gap, scene);
        continue;
      }
      state.gaps.delete(gap.id);
      endIfWhole(gap.node, scene);
    }
  }

  #plan(context: Context<CohortMessage>): void {
    const { state } = this;
    const scene = this.#scene(context);
    // Once everything of this moment has happened: who just looks at the system changes nothing of it.
    attest(scene);
    this.#setCertifying();
    lookForSpan(scene);
    const inHand = gapsInHand(state, this.#parameters);
    noteBeginnings(inHand, scene);
    giveUpStalled(inHand, scene);
    const { flows, isHampered } = planWork(inHand, state, this.#parameters, this.#means);
    state.flows = flows;
    this.#wakeIn(this.#nextLook(inHand, isHampered, context), context);
  }

  // A population that stops growing and goes on is two cohorts: within one the pace is even.
  #setCertifying(): void {
    const { population, owners, nodes, at: from, epoch } = this.state;
    const { writeQuorum, growth } = this.#parameters;
    if (weightWhere(owners, nodes, ({ up }) => up) < writeQuorum) population.growing = [];
    else if (population.growing.length === 0) {
      population.growing = growth.map(({ sizes, lifetime }) =>
        addCohort(population, { sizes, from, endEpoch: epoch + lifetime }),
      );
    }
  }

  #nextLook(inHand: readonly Gap[], isHampered: boolean, context: Context<CohortMessage>): number {
    const { state } = this;
    let next = nextDone(state);
    for (const { readyAt } of state.gaps.values()) {
      if (readyAt > state.at) next = Math.min(next, readyAt - state.at);
    }
    // While only time passes and blobs are written the numbers change evenly.
    const moves = state.flows.some(({ rate }) => rate > 0);
    next = Math.min(next, nextOfSpan(this.#scene(context)));
    for (const gap of inHand) {
      if (gap.remedy !== "transfer") continue;
      // It is given up then, if nothing has come until then.
      const left = gap.progressAt + this.#parameters.shardSync.giveUp - state.at;
      next = Math.min(next, Math.max(1, left));
    }
    // Where nothing moves, only something new can help.
    if (isHampered && moves) {
      next = Math.min(next, state.lookAgainIn);
      state.lookAgainIn = Math.min(LOOK_AGAIN_MAX, 2 * state.lookAgainIn);
    }
    return next;
  }

  #wakeIn(delay: SimTime, context: Context<CohortMessage>): void {
    const { state } = this;
    if (state.timer !== undefined) context.cancel(state.timer);
    state.timer = undefined;
    if (delay === Number.POSITIVE_INFINITY) return;
    state.timer = context.wake(Math.max(1, Math.ceil(delay)), { kind: "work" });
  }

  #tellTotals(context: Context<CohortMessage>): void {
    for (const node of this.state.nodes.keys()) {
      tellRecovered(node, this.#scene(context));
      tellSigned(node, this.#scene(context));
    }
  }

  #scene(context: Context<CohortMessage>): Scene {
    return { state: this.state, parameters: this.#parameters, means: this.#means, context };
  }
}
