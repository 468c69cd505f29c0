import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { sample } from "../engine/distribution.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import type { ChainEvent, WalrusMessage } from "./messages.ts";
import type { LedgerParameters } from "./parameters.ts";

/** What the chain has accepted. Plain data. */
interface LedgerState {
  readonly registered: Set<BlobNumber>;
  readonly certified: Set<BlobNumber>;
  /** Proven to be encoded wrongly, and certified no more. */
  readonly invalid: Set<BlobNumber>;
  /** All events in order. */
  readonly events: ChainEvent[];
  /** By node, when it will have heard of all events so far. */
  readonly toldAt: SimTime[];
}

/**
 * The chain: takes registrations and certificates in order, never forks, never halts. Its latencies
 * are those a client sees, polling included. It is no host of the network.
 *
 * Left out: prices and payment, epochs, expiry, and the certificate's signatures.
 */
export class Ledger implements Actor<WalrusMessage, LedgerState> {
  readonly name = "ledger";
  state: LedgerState;
  readonly #parameters: LedgerParameters;
  readonly #nodes: readonly ActorId[];
  readonly #quorum: number;
  readonly #validity: number;

  constructor(options: {
    readonly parameters: LedgerParameters;
    readonly nodes: readonly ActorId[];
    /** Weight that the contract asks of a certificate, in shards. */
    readonly quorum: number;
    /** The same of attestations that a blob was encoded wrongly: more than can lie. */
    readonly validity: number;
  }) {
    this.#parameters = options.parameters;
    this.#nodes = options.nodes;
    this.#quorum = options.quorum;
    this.#validity = options.validity;
    this.state = {
      registered: new Set(),
      certified: new Set(),
      invalid: new Set(),
      events: [],
      toldAt: options.nodes.map(() => 0),
    };
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "register": {
        const { call, blob } = message;
        state.registered.add(blob);
        const delay = sample(this.#parameters.register, context.random("register"));
        context.wake(Math.round(delay), { kind: "finalized", to: from, call, blob });
        break;
      }
      case "certify": {
        const { call, blob, bytes, weight } = message;
        const accepted = weight >= this.#quorum && state.registered.has(blob);
        const delay = sample(this.#parameters.certify, context.random("certify"));
        context.wake(Math.round(delay), {
          kind: "certified",
          to: from,
          call,
          blob,
          bytes,
          accepted,
        });
        break;
      }
      case "finalized":
        this.#publish("blob-registered", message.blob, context);
        this.#answer(message.to, message.call, true, context);
        break;
      case "certified":
        if (message.accepted) {
          state.certified.add(message.blob);
          context.record("blob-certified", { blob: message.blob, bytes: message.bytes });
          this.#publish("blob-certified", message.blob, context);
        }
        this.#answer(message.to, message.call, message.accepted, context);
        break;
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
        context.record("blob-invalid", { blob, node, detectedAt });
        this.#publish("blob-invalid", blob, context);
        break;
      }
      case "propagate":
        context.send(message.to, message.event, 0);
        break;
      case "get-events":
        context.send(from, { kind: "events", events: state.events.slice(message.from) }, 0);
        break;
      case "get-certified":
        context.send(from, { kind: "certified-blobs", blobs: [...state.certified] }, 0);
        break;
      default:
        break; // Not for the ledger.
    }
  }

  #answer(to: ActorId, call: number, accepted: boolean, context: Context<WalrusMessage>): void {
    context.send(to, { kind: "transaction-done", call, accepted }, 0);
  }

  // Each node reads the events in their order, so none overtakes another on its way to a node.
  #publish(kind: ChainEvent["kind"], blob: BlobNumber, context: Context<WalrusMessage>): void {
    const { events, toldAt } = this.state;
    const event: ChainEvent = Object.freeze({ kind, index: events.length, blob });
    events.push(event);
    const random = context.random("propagation");
    this.#nodes.forEach((node, index) => {
      const heardAt = context.now + Math.round(sample(this.#parameters.propagation, random));
      toldAt[index] = Math.max(heardAt, toldAt[index] as SimTime);
      context.wake(toldAt[index] - context.now, { kind: "propagate", to: node, event });
    });
  }
}
