/**
 * The sum in the order given, with what rounding loses added back at the end (Neumaier 1974). So a
 * million latencies sum to the same double on every machine, and to nearly the true one.
 */
export function sum(values: Iterable<number>): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
