/** One stream of work: how fast it would go alone, and what each unit of it takes of each resource. */
export interface Flow {
  /** Units a microsecond. */
  readonly rateMax: number;
  /** Resource, and the amount of it that one unit takes. */
  readonly uses: readonly (readonly [resource: number, amount: number])[];
}

/**
 * How fast each flow goes, where what they share is scarce. All are held back by the same factor until one
 * resource is used up; whoever needs it keeps that rate, and the others go on. So requests that wait at the
 * same bottleneck are served alike, and a flow with more of them under way gets more.
 */
export function fairRates(flows: readonly Flow[], capacity: readonly number[]): number[] {
  const rates = flows.map(() => 0);
  const left = [...capacity];
  let open = flows.map((_, index) => index);
  let level = 0;
  while (open.length > 0) {
    const load = new Map<number, number>();
    for (const index of open) {
      const { rateMax, uses } = flows[index]!;
      for (const [resource, amount] of uses) {
        load.set(resource, (load.get(resource) ?? 0) + rateMax * amount);
      }
    }
    let step = 1 - level;
    const full = new Set<number>();
    for (const [resource, amount] of load) {
      if (amount <= 0) continue;
      const most = Math.max(0, left[resource]!) / amount;
      if (most < step - 1e-12) full.clear();
      if (most <= step + 1e-12) full.add(resource);
      step = Math.min(step, most);
    }
    level += step;
    for (const [resource, amount] of load) left[resource]! -= step * amount;
    for (const index of open) rates[index] = flows[index]!.rateMax * level;
    if (full.size === 0 || level >= 1) break;
    open = open.filter((index) => !flows[index]!.uses.some(([resource]) => full.has(resource)));
  }
  return rates;
}
