import { derive, forward, inverse } from "./additive-fft.ts";
import { type CodePlan, codePlan, type ErasureCode, powerOfTwo } from "./erasure-code.ts";
import { LOG, multipleOf, power } from "./field.ts";

/**
 * The original rows from exactly as many rows of a code, by their index. Rows received as originals
 * are returned as they are. What no encoder made is decoded too: any such rows fit one codeword.
 */
export function decode(
  code: ErasureCode,
  received: ReadonlyMap<number, Uint16Array>,
): Uint16Array[] {
  const missing = missingOriginals(code, received);
  if (missing.length === 0) return originalsOf(code, (index) => received.get(index)!);

  const plan = codePlan(code);
  const logWeight = erasureWeights(code, plan, [...received.keys()]);
  const length = received.values().next().value!.length;
  const rows: Uint16Array[] = Array.from(
    { length: powerOfTwo(plan.end) },
    () => new Uint16Array(length),
  );
  for (const [index, row] of received) {
    const point = plan.point(index);
    rows[point] = multipleOf(row, power(logWeight(point)));
  }
  // The weights make the rows values of one polynomial that is zero where a row is missing. Its
  // derivative there, of a product with a single zero, is the missing value, weighted.
  inverse(rows, plan.end, 0);
  derive(rows);
  forward(rows, plan.end, 0);
  return originalsOf(code, (index) => {
    const point = plan.point(index);
    return received.get(index) ?? multipleOf(rows[point]!, power(-logWeight(point)));
  });
}

function missingOriginals(
  code: ErasureCode,
  received: ReadonlyMap<number, Uint16Array>,
): readonly number[] {
  const indices = Array.from({ length: code.originals }, (_, index) => index);
  return indices.filter((index) => !received.has(index));
}

function originalsOf(code: ErasureCode, row: (index: number) => Uint16Array): Uint16Array[] {
  return Array.from({ length: code.originals }, (_, index) => row(index));
}

/**
 * The logarithm of the weight of a point: the product of its distances to all erased points of the
 * field but itself. At low rate they are nearly the whole field, so the product over the others
 * stands in for it: both together are the product of all non-zero elements, which is 1.
 */
export function erasureWeights(
  code: ErasureCode,
  plan: CodePlan,
  received: readonly number[],
): (point: number) => number {
  const known = new Set(received.map((index) => plan.point(index)));
  const points: number[] = [];
  if (plan.rate === "high") {
    for (let point = 0; point < plan.end; point++) if (!known.has(point)) points.push(point);
  } else {
    points.push(...known);
    for (let point = code.originals; point < plan.chunk; point++) points.push(point); // Known zeros.
  }
  const sign = plan.rate === "high" ? 1 : -1;
  return (point) => {
    let sum = 0;
    for (const other of points) if (other !== point) sum += LOG[point ^ other]!;
    return sign * sum;
  };
}
