/** What is reported of a number that differs from case to case. */
export const spread = ["mean", "p50", "p90", "p95", "p99", "max"] as const;
