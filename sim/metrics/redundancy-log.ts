import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { idIn, numberIn, textIn } from "./fact-details.ts";
import type { RedundancyRow } from "./life-rows.ts";

interface Loss {
  readonly cause: string;
  readonly startedAt: SimTime;
  /** Shards of a node lost for good that are still to reach their next owners. */
  shardsOpen: number;
}

/**
 * How long it takes until all is held again that belongs somewhere: after a lost disk, until the node's
 * recovery has gone to its end; after a node lost for good, until the last of its shards has a new owner;
 * after a write that left some node without its slivers, until the last of these nodes has recovered them.
 */
export class RedundancyLog {
  readonly #rows: RedundancyRow[] = [];
  /** By node. */
  readonly #losses = new Map<number, Loss>();
  /** Nodes going over all blobs: what they recover has nothing to do with when it was written. */
  readonly #scanning = new Set<number>();
  readonly #certifiedAt = new Map<number | string, SimTime>();
  /** Blobs certified incomplete, and when they were whole; -1 until then. */
  readonly #writes = new Map<number | string, SimTime>();

  observe(fact: Fact): void {
    switch (fact.fact) {
      case "disk-lost":
        this.#lose(numberIn(fact, "node"), { cause: "disk", startedAt: fact.time, shardsOpen: 0 });
        break;
      case "node-recovery-started": {
        const node = numberIn(fact, "node");
        this.#scanning.add(node);
        this.#lose(node, { cause: "outage", startedAt: fact.time, shardsOpen: 0 });
        break;
      }
      case "node-recovery-finished":
        this.#scanning.delete(numberIn(fact, "node"));
        this.#restored(numberIn(fact, "node"), fact.time);
        break;
      case "shard-sync-finished":
        this.#handedOver(numberIn(fact, "from"), textIn(fact, "outcome"), fact.time);
        break;
      case "redundancy-restored":
        this.#told(fact);
        break;
      case "blob-certified":
        this.#certifiedAt.set(idIn(fact, "blob"), fact.time);
        break;
      case "recovery-started": {
        const blob = idIn(fact, "blob");
        const isOfWrite =
          this.#certifiedAt.has(blob) && !this.#scanning.has(numberIn(fact, "node"));
        if (isOfWrite) this.#writes.set(blob, -1);
        break;
      }
      case "blob-invalid":
        this.#certifiedAt.delete(idIn(fact, "blob"));
        this.#writes.delete(idIn(fact, "blob"));
        break;
      case "blob-healed": {
        const blob = idIn(fact, "blob");
        if (this.#writes.get(blob) === -1) this.#writes.set(blob, fact.time);
        break;
      }
    }
  }

  /** A node lost for good, with so many shards. */
  nodeLost(node: number, shards: number, time: SimTime): void {
    this.#losses.delete(node);
    if (shards > 0) {
      this.#losses.set(node, { cause: "node", startedAt: time, shardsOpen: shards });
    }
  }

  /** Losses of the time from `from` to `to`, as old at `end` as they are if they last. */
  rows(from: SimTime, to: SimTime, end: SimTime): RedundancyRow[] {
    const writes = [...this.#writes].map(([blob, restoredAt]) =>
      rowOf(
        { cause: "write", startedAt: this.#certifiedAt.get(blob) ?? 0 },
        -1,
        restoredAt,
        end,
        blob,
      ),
    );
    const open = [...this.#losses].map(([node, loss]) => rowOf(loss, node, -1, end));
    return [...this.#rows, ...writes, ...open]
      .filter(({ startedAt }) => startedAt >= from && startedAt < to)
      .sort((a, b) => a.startedAt - b.startedAt);
  }

  // What is not restored yet is not lost anew: the first loss counts.
  #lose(node: number, loss: Loss): void {
    if (!this.#losses.has(node)) this.#losses.set(node, loss);
  }

  #restored(node: number, time: SimTime): void {
    const loss = this.#losses.get(node);
    if (loss === undefined || loss.cause === "node") return;
    this.#losses.delete(node);
    this.#rows.push(rowOf(loss, node, time, time));
  }

  #handedOver(node: number, outcome: string, time: SimTime): void {
    const loss = this.#losses.get(node);
    if (loss?.cause !== "node" || outcome === "abandoned") return;
    loss.shardsOpen -= 1;
    if (loss.shardsOpen > 0) return;
    this.#losses.delete(node);
    this.#rows.push(rowOf(loss, node, time, time));
  }

  // From a model that knows no single recoveries: all that this node, or the committee, lacked is back.
  #told(fact: Fact): void {
    const node = numberIn(fact, "node");
    this.#losses.delete(node);
    const loss = { cause: textIn(fact, "cause"), startedAt: numberIn(fact, "startedAt") };
    this.#rows.push(rowOf(loss, node, fact.time, fact.time));
  }
}

function rowOf(
  { cause, startedAt }: Pick<Loss, "cause" | "startedAt">,
  node: number,
  restoredAt: SimTime,
  end: SimTime,
  blob: number | string = -1,
): RedundancyRow {
  const durationMicroseconds = (restoredAt === -1 ? end : restoredAt) - startedAt;
  return { cause, node, blob, startedAt, restoredAt, durationMicroseconds };
}
