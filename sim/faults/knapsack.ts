/** Of items of whole weights, those within a weight that are worth most: exact. Positions, ascending. */
export function knapsack(
  weights: readonly number[],
  values: readonly number[],
  limit: number,
): number[] {
  const rows = [new Float64Array(limit + 1)];
  weights.forEach((weight, item) => {
    const before = rows[item]!;
    const row = before.slice();
    for (let room = weight; room <= limit; room++) {
      row[room] = Math.max(row[room]!, before[room - weight]! + values[item]!);
    }
    rows.push(row);
  });
  const chosen: number[] = [];
  let room = limit;
  for (let item = weights.length - 1; item >= 0; item--) {
    if (rows[item + 1]![room] === rows[item]![room]) continue; // No better with it.
    chosen.push(item);
    room -= weights[item]!;
  }
  return chosen.reverse();
}
