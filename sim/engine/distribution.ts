import gamma from "@stdlib/math-base-special-gamma";
import { randomExponential, randomLogNormal, randomUniform } from "d3-random";
import type { RandomStream } from "./random-streams.ts";

/** How a quantity varies. Numbers only, in units of the model; what is drawn has the same unit. */
export type Distribution =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "uniform"; readonly from: number; readonly to: number }
  | { readonly kind: "exponential"; readonly mean: number }
  /** `sigma` is the standard deviation of the logarithm. */
  | { readonly kind: "log-normal"; readonly median: number; readonly sigma: number }
  | { readonly kind: "weibull"; readonly shape: number; readonly scale: number }
  /** Of the first kind: P(x > t) = (minimum / t)^shape. */
  | { readonly kind: "pareto"; readonly shape: number; readonly minimum: number }
  /** One of the values, each as likely. */
  | { readonly kind: "empirical"; readonly values: readonly number[] }
  | { readonly kind: "shifted"; readonly by: number; readonly of: Distribution };

/**
 * One draw. Nothing is kept between draws but the stream's own state, so that a fork continues
 * exactly: d3's normal sampler keeps its second value for the next call, hence a new one each time.
 *
 * Weibull and Pareto are by inversion here, since d3's call Math.pow, whose last bit V8 has changed
 * between versions.
 */
export function sample(distribution: Distribution, random: RandomStream): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return randomUniform.source(random)(distribution.from, distribution.to)();
    case "exponential":
      return randomExponential.source(random)(1)() * distribution.mean;
    case "log-normal":
      return randomLogNormal.source(random)(Math.log(distribution.median), distribution.sigma)();
    case "weibull":
      return (
        distribution.scale * power(randomExponential.source(random)(1)(), 1 / distribution.shape)
      );
    case "pareto":
      return (
        distribution.minimum * Math.exp(randomExponential.source(random)(1)() / distribution.shape)
      );
    case "empirical":
      return distribution.values[Math.floor(random() * distribution.values.length)]!;
    case "shifted":
      return distribution.by + sample(distribution.of, random);
  }
}

/** The expected value; infinite for a Pareto distribution of shape 1 or less. */
export function meanOf(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return (distribution.from + distribution.to) / 2;
    case "exponential":
      return distribution.mean;
    case "log-normal":
      return distribution.median * Math.exp((distribution.sigma * distribution.sigma) / 2);
    case "weibull":
      return distribution.scale * gamma(1 + 1 / distribution.shape);
    case "pareto":
      return distribution.shape > 1
        ? (distribution.minimum * distribution.shape) / (distribution.shape - 1)
        : Number.POSITIVE_INFINITY;
    case "empirical":
      return (
        distribution.values.reduce((sum, value) => sum + value, 0) / distribution.values.length
      );
    case "shifted":
      return distribution.by + meanOf(distribution.of);
  }
}

/** base^exponent for a base of at least 0, from the functions whose bits are the same everywhere. */
function power(base: number, exponent: number): number {
  return base === 0 ? 0 : Math.exp(Math.log(base) * exponent);
}
