import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { sample } from "../engine/distribution.ts";
import type { BlobNumber } from "./content.ts";
import type { WalrusMessage } from "./messages.ts";
import type { LedgerParameters } from "./parameters.ts";

/** What the chain has accepted. Plain data. */
interface LedgerState {
  readonly registered: Set<BlobNumber>;
  readonly certified: Set<BlobNumber>;
}

/**
 * The chain: takes registrations and certificates in order, never forks, never halts. Its latencies
 * are those a client sees, polling included. It is no host of the network.
 *
 * Left out: prices and payment, epochs, expiry, and the certificate's signatures.
 */
export class Ledger implements Actor<WalrusMessage, LedgerState> {
  readonly name = "ledger";
  state: LedgerState = { registered: new Set(), certified: new Set() };
  readonly #parameters: LedgerParameters;
  readonly #nodes: readonly ActorId[];
  readonly #quorum: number;

  constructor(options: {
    readonly parameters: LedgerParameters;
    readonly nodes: readonly ActorId[];
    /** Weight that the contract asks of a certificate, in shards. */
    readonly quorum: number;
  }) {
    this.#parameters = options.parameters;
    this.#nodes = options.nodes;
    this.#quorum = options.quorum;
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    switch (message.kind) {
      case "register":
        this.state.registered.add(message.blob);
        this.#register(message.call, message.blob, from, context);
        break;
      case "certify": {
        const { call, blob, bytes, weight } = message;
        const accepted = weight >= this.#quorum && this.state.registered.has(blob);
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
      case "certified":
        if (message.accepted) {
          this.state.certified.add(message.blob);
          context.record("blob-certified", { blob: message.blob, bytes: message.bytes });
        }
        context.send(
          message.to,
          { kind: "transaction-done", call: message.call, accepted: message.accepted },
          0,
        );
        break;
      case "finalized":
        context.send(
          message.to,
          { kind: "transaction-done", call: message.call, accepted: true },
          0,
        );
        break;
      case "propagate":
        context.send(message.to, { kind: "blob-registered", blob: message.blob }, 0);
        break;
      default:
        break; // Not for the ledger.
    }
  }

  #register(call: number, blob: BlobNumber, from: ActorId, context: Context<WalrusMessage>): void {
    const delay = Math.round(sample(this.#parameters.register, context.random("register")));
    context.wake(delay, { kind: "finalized", to: from, call });
    const random = context.random("propagation");
    for (const node of this.#nodes) {
      const later = Math.round(sample(this.#parameters.propagation, random));
      context.wake(delay + later, { kind: "propagate", to: node, blob });
    }
  }
}
