import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import type { Distribution } from "./distribution.ts";

/** The value that a draw stays below with this probability, for a share of (0, 1). */
export function quantile(distribution: Distribution, share: number): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value;
    case "uniform":
      return distribution.from + share * (distribution.to - distribution.from);
    case "exponential":
      return -distribution.mean * Math.log1p(-share);
    case "log-normal":
      return distribution.median * Math.exp(distribution.sigma * normalQuantile(share, 0, 1));
    case "weibull":
      return distribution.scale * Math.exp(Math.log(-Math.log1p(-share)) / distribution.shape);
    case "pareto":
      return distribution.minimum * Math.exp(-Math.log1p(-share) / distribution.shape);
    case "empirical": {
      const values = [...distribution.values].sort((a, b) => a - b);
      return values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
    }
    case "shifted":
      return distribution.by + quantile(distribution.of, share);
  }
}
