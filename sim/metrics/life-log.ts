import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { ChallengeLog } from "./challenge-log.ts";
import { EpochLog } from "./epoch-log.ts";
import { idIn, numberIn, textIn } from "./fact-details.ts";
import { HealthLog } from "./health-log.ts";
import type { InvalidBlob, RegimeSpan, UnavailableSpan } from "./life-rows.ts";
import { MisEncodedLog } from "./mis-encoded-log.ts";
import { RedundancyLog } from "./redundancy-log.ts";
import type { LifeRows } from "./rows.ts";

/** What becomes of data over months: epochs, redundancy, unavailability, challenges, regimes. */
export class LifeLog {
  readonly #warmUp: SimTime;
  readonly #horizon: SimTime;
  readonly #epochs = new EpochLog();
  readonly #health: HealthLog;
  readonly #redundancy = new RedundancyLog();
  readonly #challenges = new ChallengeLog();
  readonly #spans: UnavailableSpan[] = [];
  readonly #invalid: InvalidBlob[] = [];
  readonly #misEncoded = new MisEncodedLog();
  readonly #regimes: RegimeSpan[] = [];
  /** Regimes in force, by fault. */
  readonly #openRegimes = new Map<number, { readonly regime: string; readonly from: SimTime }>();

  constructor(warmUp: SimTime, horizon: SimTime) {
    this.#warmUp = warmUp;
    this.#horizon = horizon;
    this.#health = new HealthLog(warmUp, horizon);
  }

  observe(fact: Fact): void {
    this.#epochs.observe(fact);
    this.#redundancy.observe(fact);
    this.#misEncoded.observe(fact);
    switch (fact.fact) {
      case "health":
        this.#health.sampled(fact);
        break;
      case "unavailable-span":
        this.#spans.push(spanRow(fact));
        break;
      case "challenge-finished":
        this.#challenges.finished(fact, fact.time >= this.#warmUp && fact.time < this.#horizon);
        break;
      case "blob-invalid":
        this.#invalid.push({
          blob: idIn(fact, "blob"),
          node: numberIn(fact, "node"),
          at: numberIn(fact, "detectedAt"),
        });
        break;
      case "regime":
        this.#endRegime(numberIn(fact, "fault"), fact.time);
        this.#openRegimes.set(numberIn(fact, "fault"), {
          regime: textIn(fact, "regime"),
          from: fact.time,
        });
        break;
    }
  }

  nodeLost(node: number, shards: number, time: SimTime): void {
    this.#redundancy.nodeLost(node, shards, time);
  }

  rows(end: SimTime): LifeRows {
    for (const fault of [...this.#openRegimes.keys()]) this.#endRegime(fault, end);
    return {
      epochs: this.#epochs.epochs(),
      transfers: this.#epochs.transfers(end),
      health: this.#health.rows(),
      healthTotals: this.#health.totals(),
      spans: this.#spans,
      redundancy: this.#redundancy.rows(this.#warmUp, this.#horizon, end),
      challenges: this.#challenges.rows(),
      challengeTotals: this.#challenges.totals(),
      invalidBlobs: this.#invalid,
      misEncoded: this.#misEncoded.rows(end),
      regimes: this.#regimes,
    };
  }

  #endRegime(fault: number, to: SimTime): void {
    const open = this.#openRegimes.get(fault);
    if (open === undefined) return;
    this.#openRegimes.delete(fault);
    if (to > open.from) this.#regimes.push({ fault, ...open, to });
  }
}

function spanRow(fact: Fact): UnavailableSpan {
  const [from, to] = [numberIn(fact, "from"), numberIn(fact, "to")];
  return {
    from,
    to,
    durationMicroseconds: to - from,
    blobSeconds: numberIn(fact, "blobSeconds"),
    blobsMax: numberIn(fact, "blobsMax"),
  };
}
