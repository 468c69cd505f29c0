import { randomGamma } from "d3-random";
import { type Distribution, meanOf, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";

/**
 * How long something lasts still that has been under way for an unknown time: the residual of a renewal process
 * in its long run, with density P(x > t) / mean. The stretch that a moment falls into is drawn in proportion to
 * its length, and the moment evenly within it. Needs a finite mean above 0.
 */
export function sampleResidual(distribution: Distribution, random: RandomStream): number {
  const whole = sampleByLength(distribution, random);
  return whole * random();
}

/** A draw whose density is that of `distribution` times the length drawn, made to sum to 1. */
function sampleByLength(distribution: Distribution, random: RandomStream): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform": {
      const { from, to } = distribution;
      return Math.sqrt(from * from + random() * (to * to - from * from));
    }
    case "exponential":
      return sample(distribution, random) + sample(distribution, random);
    case "log-normal": {
      const { median, sigma } = distribution;
      return sample(
        { kind: "log-normal", median: median * Math.exp(sigma * sigma), sigma },
        random,
      );
    }
    case "weibull": {
      // It is scale * e^(1/shape) of an exponential e, whose density becomes that of a gamma.
      const { shape, scale } = distribution;
      const gamma = randomGamma.source(random)(1 + 1 / shape)();
      return scale * Math.exp(Math.log(gamma) / shape);
    }
    case "pareto": {
      const { shape, minimum } = distribution;
      return sample({ kind: "pareto", shape: shape - 1, minimum }, random);
    }
    case "empirical":
      return valueByLength(distribution.values, random);
    case "shifted": {
      const { by, of } = distribution;
      const inShift = random() * (by + meanOf(of)) < by;
      return by + (inShift ? sample(of, random) : sampleByLength(of, random));
    }
  }
}

function valueByLength(values: readonly number[], random: RandomStream): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  let target = random() * total;
  for (const value of values) {
    target -= value;
    if (target < 0) return value;
  }
  return values.at(-1)!; // What rounding left over.
}
