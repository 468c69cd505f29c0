import { type Aggregation, catalogue, type Metric } from "../sim/metrics/catalogue.ts";
import type { Guarantee } from "../sim/metrics/guarantee.ts";
import type { ReplicationRows } from "../sim/metrics/rows.ts";
import { estimateMetric, estimatePromised } from "./estimate-metric.ts";
import { formatValue, toDisplay } from "./format.ts";
import { type Expectation, exitCode, judge, overall, type Verdict } from "./gate.ts";
import { countOutcomes, type OutcomeCount } from "./outcomes.ts";
import { type CitedNumber, compareWithPublished, type PublishedComparison } from "./published.ts";
import type { Sample } from "./sample.ts";
import { samplers } from "./samples.ts";
import { CONFIDENCE, type Estimate } from "./statistics/estimate.ts";
import { describeMetric, type SummaryMetric } from "./summary-metric.ts";
import { summarizeUnavailability, type UnavailabilitySummary } from "./unavailability.ts";
import { summarizeUnrecovered, type UnrecoveredSummary } from "./unrecovered.ts";
import {
  type AssumedParameter,
  type FaultSummary,
  summarizeFaults,
  type Warning,
  warnings,
} from "./warnings.ts";

export type { SummaryMetric };

/** One guarantee and what became of it. */
export interface SummaryGuarantee extends SummaryMetric {
  readonly guarantee: string;
  readonly operator: string;
  /** In `unit`. */
  readonly limit: number;
  readonly limitText: string;
  readonly verdict: Verdict;
  readonly noData: boolean;
  readonly replicationsMore: number | null;
  /** The verdict as a sentence. */
  readonly reason: string;
}

/** All that a run has to say, as plain JSON. Keys are stable: programs read them. */
export interface Summary {
  readonly scenario: string;
  readonly question: string;
  readonly replications: number;
  readonly confidence: number;
  readonly warmUpSeconds: number;
  readonly horizonSeconds: number;
  readonly expect: Expectation;
  readonly verdict: Verdict;
  /** 0 as expected, 1 not as expected, 4 undecided. */
  readonly exitCode: 0 | 1 | 4;
  readonly guarantees: readonly SummaryGuarantee[];
  /** Every metric of the catalogue with every aggregation, in its order. */
  readonly metrics: readonly SummaryMetric[];
  readonly outcomes: {
    readonly reads: readonly OutcomeCount[];
    readonly writes: readonly OutcomeCount[];
  };
  readonly faults: readonly FaultSummary[];
  /** The worst stretches in which some blob could not be read, with what was in force. */
  readonly unavailability: readonly UnavailabilitySummary[];
  /** Why not all was recovered once the faults had ended, where the scenario claims that it is. */
  readonly unrecovered: readonly UnrecoveredSummary[];
  /** The model beside what others measured, as far as the scenario cites any. */
  readonly published: readonly PublishedComparison[];
  readonly warnings: readonly Warning[];
}

export interface SummaryInput {
  readonly scenario: string;
  readonly question: string;
  /** In order of replication, whichever worker was first. */
  readonly replications: readonly ReplicationRows[];
  readonly guarantees: readonly Guarantee[];
  readonly expect?: Expectation;
  readonly published?: readonly CitedNumber[];
  /** Parameters without a measurement behind them. */
  readonly assumed?: readonly AssumedParameter[];
}

/** Computes every number of the run with its interval, and judges the guarantees. */
export function summarize(input: SummaryInput): Summary {
  const { replications, expect = "met" } = input;
  const samples = new Map<string, readonly Sample[]>();
  for (const { name } of catalogue) {
    const sampler = samplers[name];
    if (sampler !== undefined) samples.set(name, replications.map(sampler));
  }
  const estimateOf = (metric: Metric, aggregation: Aggregation) =>
    estimateMetric(metric, aggregation, samples.get(metric.name) ?? []);
  const metrics = catalogue.flatMap((metric) =>
    metric.aggregations.map((aggregation) =>
      describeMetric(metric, aggregation, estimateOf(metric, aggregation)),
    ),
  );
  const guarantees = input.guarantees.map((guarantee) =>
    describeGuarantee(
      guarantee,
      estimatePromised(
        guarantee.metric,
        guarantee.aggregation,
        samples.get(guarantee.metric.name) ?? [],
      ),
    ),
  );
  const faults = summarizeFaults(replications);
  const first = replications[0];
  return {
    scenario: input.scenario,
    question: input.question,
    replications: replications.length,
    confidence: CONFIDENCE,
    warmUpSeconds: (first?.warmUp ?? 0) / 1e6,
    horizonSeconds: (first?.horizon ?? 0) / 1e6,
    expect,
    verdict: overall(guarantees),
    exitCode: exitCode(guarantees, expect),
    guarantees,
    metrics,
    outcomes: {
      reads: countOutcomes(replications.map((rows) => rows.reads)),
      writes: countOutcomes(replications.map((rows) => rows.writes)),
    },
    faults,
    unavailability: summarizeUnavailability(replications),
    unrecovered: summarizeUnrecovered(replications),
    published: (input.published ?? []).map((cited) => {
      const { metric, aggregation } = cited;
      return compareWithPublished(
        cited,
        describeMetric(metric, aggregation, estimateOf(metric, aggregation)),
      );
    }),
    warnings: warnings(replications, faults, input.assumed ?? []),
  };
}

function describeGuarantee(guarantee: Guarantee, estimate: Estimate): SummaryGuarantee {
  const { metric, aggregation, operator, value } = guarantee;
  return {
    guarantee: guarantee.text,
    ...describeMetric(metric, aggregation, estimate),
    operator,
    limit: toDisplay(metric.unit, value),
    limitText: `${operator} ${formatValue(metric.unit, value)}`,
    ...judge(guarantee, estimate),
  };
}
