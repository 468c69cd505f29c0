import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { sample } from "../engine/distribution.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { ChainEvent, LifeChange } from "./chain-messages.ts";
import type { BlobNumber } from "./content.ts";
import { type BlobLives, expire, newBlobLives, type PreloadLife } from "./epochs/blob-lives.ts";
import {
  type ChainEpochOptions,
  type ChainEpochState,
  ChainEpochs,
} from "./epochs/chain-epochs.ts";
import type { WalrusMessage } from "./messages.ts";
import type { LedgerParameters } from "./parameters.ts";

type Unnumbered<Event> = Event extends ChainEvent ? Omit<Event, "index"> : never;

/** What the chain has accepted. Plain data. */
interface LedgerState {
  readonly registered: Set<BlobNumber>;
  readonly certified: Set<BlobNumber>;
  /** Proven to be encoded wrongly, and certified no more. */
  readonly invalid: Set<BlobNumber>;
  /** In which epoch; only where epochs end. */
  readonly certifiedIn: Map<BlobNumber, number>;
  readonly lives: BlobLives;
  /** Where the contract stands; only where epochs end. */
  readonly epochs: ChainEpochState | undefined;
  /** All events in order. */
  readonly events: ChainEvent[];
  /** By node, when it will have heard of all events so far. */
  readonly toldAt: SimTime[];
}

/**
 * The chain: takes registrations and certificates in order, never forks, never halts. Its latencies
 * are those a client sees, polling included. It is no host of the network.
 *
 * Left out: prices and payment, and the certificate's signatures.
 */
export class Ledger implements Actor<WalrusMessage, LedgerState> {
  readonly name = "ledger";
  state: LedgerState;
  readonly #parameters: LedgerParameters;
  readonly #nodes: readonly ActorId[];
  readonly #quorum: number;
  readonly #validity: number;
  readonly #epochs: ChainEpochs | undefined;
  /** Only where epochs end. */
  readonly start?: (context: Context<WalrusMessage>) => void;

  constructor(options: {
    readonly parameters: LedgerParameters;
    readonly nodes: readonly ActorId[];
    /** Weight that the contract asks of a certificate, in shards. */
    readonly quorum: number;
    /** The same of attestations that a blob was encoded wrongly: more than can lie. */
    readonly validity: number;
    /** Without it the first epoch never ends. */
    readonly epochs?: ChainEpochOptions | undefined;
    /** Until when the blobs are paid for that came with the world; for ever unless given. */
    readonly preload?: PreloadLife | undefined;
  }) {
    this.#parameters = options.parameters;
    this.#nodes = options.nodes;
    this.#quorum = options.quorum;
    this.#validity = options.validity;
    this.#epochs =
      options.epochs &&
      new ChainEpochs(options.epochs, {
        publish: (event, context) => this.#publish(event, context),
        expire: (epoch, context) => this.#expire(epoch, context),
      });
    this.state = {
      registered: new Set(),
      certified: new Set(),
      invalid: new Set(),
      certifiedIn: new Map(),
      lives: newBlobLives(options.preload),
      epochs: this.#epochs?.initialState(),
      events: [],
      toldAt: options.nodes.map(() => 0),
    };
    const { epochs } = this.state;
    if (epochs !== undefined) this.start = (context) => this.#start(context);
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "register": {
        const { call, blob, lifetime } = message;
        state.registered.add(blob);
        if (lifetime !== undefined && state.epochs !== undefined) {
          const endEpoch = state.epochs.clock.epoch + lifetime;
          state.lives.ending.set(blob, { endEpoch, bytes: 0 });
        }
        const delay = sample(this.#parameters.register, context.random("register"));
        context.wake(Math.round(delay), { kind: "finalized", to: from, call, blob });
        break;
      }
      case "certify": {
        const { call, blob, bytes, weight, epoch } = message;
        const accepted = weight >= this.#quorum && state.registered.has(blob);
        const delay = sample(this.#parameters.certify, context.random("certify"));
        const outcome = { call, blob, bytes, epoch, accepted };
        context.wake(Math.round(delay), { kind: "certified", to: from, ...outcome });
        break;
      }
      case "finalized":
        this.#publish({ kind: "blob-registered", blob: message.blob }, context);
        this.#answer(message.to, message.call, true, context);
        break;
      case "certified": {
        const { lives } = state;
        const accepted =
          message.accepted && this.#isNow(message.epoch) && !lives.over.has(message.blob);
        if (accepted) {
          const life = lives.ending.get(message.blob);
          if (life !== undefined) life.bytes = message.bytes;
          state.certified.add(message.blob);
          const { epochs } = state;
          if (epochs !== undefined) state.certifiedIn.set(message.blob, epochs.clock.epoch);
          context.record("blob-certified", { blob: message.blob, bytes: message.bytes });
          this.#publish({ kind: "blob-certified", blob: message.blob }, context);
        }
        this.#answer(message.to, message.call, accepted, context);
        break;
      }
      case "invalidate": {
        const { blob, node, detectedAt, weight } = message;
        if (weight < this.#validity) break;
        const delay = sample(this.#parameters.certify, context.random("invalidate"));
        context.wake(Math.round(delay), { kind: "invalidated", blob, node, detectedAt });
        break;
      }
      case "invalidated": {
        const { blob, node, detectedAt } = message;
        if (state.invalid.has(blob)) break; // Several nodes may prove it at once.
        state.invalid.add(blob);
        state.certified.delete(blob);
        state.certifiedIn.delete(blob);
        const life = state.lives.ending.get(blob);
        if (life !== undefined) life.bytes = 0;
        context.record("blob-invalid", { blob, node, detectedAt });
        this.#publish({ kind: "blob-invalid", blob }, context);
        break;
      }
      case "delete-blob":
      case "extend-blob": {
        const delay = sample(this.#parameters.certify, context.random("life"));
        context.wake(Math.round(delay), { kind: "life-final", change: message });
        break;
      }
      case "life-final":
        this.#changeLife(message.change, context);
        break;
      case "propagate":
        context.send(message.to, message.event, 0);
        break;
      case "get-events":
        context.send(from, { kind: "events", events: state.events.slice(message.from) }, 0);
        break;
      case "get-certified":
        context.send(from, this.#certified(message.before), 0);
        break;
      case "attest":
      case "attestation-final":
      case "end-voting":
      case "start-epoch":
        if (state.epochs !== undefined) this.#epochs?.receive(state.epochs, message, context);
        break;
      default:
        break; // Not for the ledger.
    }
  }

  #answer(to: ActorId, call: number, accepted: boolean, context: Context<WalrusMessage>): void {
    context.send(to, { kind: "transaction-done", call, accepted }, 0);
  }

  #start(context: Context<WalrusMessage>): void {
    this.#epochs?.start(this.state.epochs as ChainEpochState, context);
  }

  #expire(epoch: number, context: Context<WalrusMessage>): readonly BlobNumber[] {
    const { certified, certifiedIn, lives } = this.state;
    const expired = expire(lives, epoch, context);
    for (const blob of expired) {
      certified.delete(blob);
      certifiedIn.delete(blob);
    }
    return expired;
  }

  #changeLife(change: LifeChange, context: Context<WalrusMessage>): void {
    const { certified, certifiedIn, lives, epochs } = this.state;
    const { blob } = change;
    if (!certified.has(blob)) return; // It has expired meanwhile.
    if (change.kind === "extend-blob") {
      const life = lives.ending.get(blob);
      if (life === undefined) return;
      life.endEpoch += change.epochs;
      context.record("blob-extended", { blob, endEpoch: life.endEpoch });
      return;
    }
    certified.delete(blob);
    certifiedIn.delete(blob);
    lives.ending.delete(blob);
    lives.over.add(blob);
    context.record("blob-deleted", { blob, epoch: epochs?.clock.epoch ?? 1 });
    this.#publish({ kind: "blob-deleted", blob }, context);
  }

  // A certificate counts in the epoch whose committee gave it.
  #isNow(epoch: number): boolean {
    const { epochs } = this.state;
    return epochs === undefined || epochs.clock.epoch === epoch;
  }

  #certified(before: number | undefined): WalrusMessage {
    const { certified, certifiedIn } = this.state;
    const isOlder = (blob: BlobNumber) =>
      before === undefined || (certifiedIn.get(blob) as number) < before;
    return { kind: "certified-blobs", blobs: [...certified].filter(isOlder), before };
  }

  // Each node reads the events in their order, so none overtakes another on its way to a node.
  #publish(told: Unnumbered<ChainEvent>, context: Context<WalrusMessage>): void {
    const { events, toldAt } = this.state;
    const event: ChainEvent = Object.freeze({ ...told, index: events.length });
    events.push(event);
    const random = context.random("propagation");
    this.#nodes.forEach((node, index) => {
      const heardAt = context.now + Math.round(sample(this.#parameters.propagation, random));
      toldAt[index] = Math.max(heardAt, toldAt[index] as SimTime);
      context.wake(toldAt[index] - context.now, { kind: "propagate", to: node, event });
    });
  }
}
