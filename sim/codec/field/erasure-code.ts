/**
 * A systematic Reed-Solomon code: the originals are kept as they are, repairs are added, and any
 * `originals` of them all bring the originals back. Index i < originals is an original, the repairs
 * follow.
 */
export interface ErasureCode {
  readonly originals: number;
  readonly repairs: number;
}

/**
 * Where a code's rows stand in the field. The polynomial that they are values of has fewer than
 * `chunk` coefficients at low rate; at high rate its values at the repairs' chunk are what remains
 * when those at the originals are known.
 */
export interface CodePlan {
  readonly rate: "high" | "low";
  /** Length of the transforms: a power of two. */
  readonly chunk: number;
  /** One past the last point in use. */
  readonly end: number;
  /** The point of a row, by its index in the code. */
  point(index: number): number;
}

/** Throws a RangeError for a code that does not fit the field. */
export function codePlan({ originals, repairs }: ErasureCode): CodePlan {
  const originalsSpan = powerOfTwo(originals);
  const repairsSpan = powerOfTwo(repairs);
  if (Math.min(originalsSpan, repairsSpan) + Math.max(originals, repairs) > 65_536) {
    throw new RangeError(
      `No Reed-Solomon code over this field has ${originals} + ${repairs} rows.`,
    );
  }
  const high =
    originalsSpan > repairsSpan || (originalsSpan === repairsSpan && originals <= repairs);
  if (high) {
    return {
      rate: "high",
      chunk: repairsSpan,
      end: repairsSpan + originals,
      point: (index) => (index < originals ? repairsSpan + index : index - originals),
    };
  }
  return {
    rate: "low",
    chunk: originalsSpan,
    end: originalsSpan + repairs,
    point: (index) => (index < originals ? index : originalsSpan + index - originals),
  };
}

/** The smallest power of two that is at least this. */
export function powerOfTwo(least: number): number {
  let power = 1;
  while (power < least) power *= 2;
  return power;
}
