import { closest, distance } from "fastest-levenshtein";
import { type Aggregation, catalogue, type Metric, percentileOf } from "./catalogue.ts";
import { parseValue, valueExample } from "./metric-value.ts";

export type Operator = "<=" | "<" | ">=" | ">" | "==";

/** One promise about one metric, such as `read.latency: p99 <= 2s`. */
export interface Guarantee {
  /** As the user wrote it, with single spaces. */
  readonly text: string;
  readonly metric: Metric;
  readonly aggregation: Aggregation;
  readonly operator: Operator;
  /** In the metric's own unit: microseconds, a share in 0..1, a number. */
  readonly value: number;
}

/** What is wrong with a guarantee. The caller knows the path, such as `guarantees[2]`. */
export interface GuaranteeMistake {
  readonly expected: string;
  readonly found: string;
  /** The valid name that is most like what was found, if any is. */
  readonly nearest?: string;
}

export type ParsedGuarantee =
  | { readonly ok: true; readonly guarantee: Guarantee }
  | { readonly ok: false; readonly mistakes: readonly GuaranteeMistake[] };

const shape = /^\s*([^\s:]+)\s*:\s*([^\s<>=]+)\s*(<=|>=|==|<|>)\s*(\S.*?)\s*$/;

/** Reads `<metric>: <aggregation> <op> <value with unit>`. Tells every mistake it can see at once. */
export function parseGuarantee(text: string): ParsedGuarantee {
  const parts = shape.exec(text);
  if (parts === null) {
    const expected =
      'a guarantee such as "read.latency: p99 <= 2s" (metric: aggregation, one of <= < >= > ==, value)';
    return { ok: false, mistakes: [{ expected, found: text }] };
  }
  const [, name = "", aggregation = "", operator = "", value = ""] = parts;
  const metric = catalogue.find((candidate) => candidate.name === name);
  if (metric === undefined) {
    return { ok: false, mistakes: [unknownName("a metric", name, allNames)] };
  }

  const mistakes: GuaranteeMistake[] = [];
  if (!allows(metric, aggregation)) {
    mistakes.push(unknownName(`an aggregation of ${name}`, aggregation, metric.aggregations));
  } else if (operator === "==" && aggregation !== "count") {
    const expected = `<= or >= (an estimate of ${name} never equals a number; == is for counts)`;
    mistakes.push({ expected, found: operator });
  }
  const parsed = parseValue(metric.unit, value);
  if (parsed === undefined) {
    mistakes.push({ expected: `${valueExample[metric.unit]} for ${name}`, found: value });
  }
  if (mistakes.length > 0 || parsed === undefined) return { ok: false, mistakes };
  return {
    ok: true,
    guarantee: {
      text: `${name}: ${aggregation} ${operator} ${value}`,
      metric,
      aggregation: aggregation as Aggregation,
      operator: operator as Operator,
      value: parsed,
    },
  };
}

const allNames = catalogue.map((metric) => metric.name);

function allows(metric: Metric, aggregation: string): boolean {
  if (metric.aggregations.some((allowed) => allowed === aggregation)) return true;
  const takesPercentiles = metric.aggregations.some((allowed) => allowed.startsWith("p"));
  return takesPercentiles && percentileOf(aggregation) !== undefined;
}

function unknownName(what: string, found: string, names: readonly string[]): GuaranteeMistake {
  const expected = `${what} (${names.join(", ")})`;
  const nearest = closest(found, names);
  // Beyond half of its letters wrong, a suggestion is a guess.
  const isNear = distance(found, nearest) <= Math.max(2, nearest.length / 2);
  return isNear ? { expected, found, nearest } : { expected, found };
}
