import type { RandomStream } from "../engine/random-streams.ts";

const STRATA = 4096;

/**
 * The standard normal distribution cut into 4,096 equally likely strata, each by its median, ascending.
 *
 * A draw is a look-up, where a polar or Box-Muller draw takes a logarithm and a root; and it uses one
 * number of its stream, always, so that a message costs its sender the same luck whatever happens.
 * What is lost lies beyond 3.7 standard deviations.
 */
export const normalStrata: Float64Array = strata();

/** One draw, by one number of the stream. */
export function sampleNormal(random: RandomStream): number {
  return normalStrata[(random() * STRATA) | 0]!;
}

// Walks up the distribution function from 0, integrating the density by Simpson's rule, and notes
// where it passes each stratum's median. The lower half is the mirror image.
function strata(): Float64Array {
  const step = 1 / 1024;
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const table = new Float64Array(STRATA);
  let z = 0;
  let below = 0.5;
  for (let index = STRATA / 2; index < STRATA; index++) {
    const wanted = (index + 0.5) / STRATA;
    let mass = 0;
    for (;;) {
      mass = (step / 6) * (density(z) + 4 * density(z + step / 2) + density(z + step));
      if (below + mass >= wanted) break;
      below += mass;
      z += step;
    }
    const value = z + (step * (wanted - below)) / mass;
    table[index] = value;
    table[STRATA - 1 - index] = -value;
  }
  return table;
}
