import type { CodecEngine } from "./codec-engine.ts";
import { type KernelExports, Kernels } from "./fast/kernels.ts";
import { engineOn } from "./fast-engine.ts";

/** Milliseconds by kind of work. What is left of a whole goes into copies, clearing and JavaScript. */
export interface WorkTimes {
  reedSolomon: number;
  hashing: number;
  transposing: number;
}

const KIND: Readonly<Record<string, keyof WorkTimes>> = {
  encodeHigh: "reedSolomon",
  encodeLow: "reedSolomon",
  decode: "reedSolomon",
  combine: "reedSolomon",
  hashLeaves: "hashing",
  lookUpLeaves: "hashing",
  hashPairs: "hashing",
  hashTree: "hashing",
  transpose: "transposing",
};

/** The fast engine on kernels of its own that note what they spend their time on. */
export function meteredEngine(): { readonly engine: CodecEngine; readonly times: WorkTimes } {
  const times: WorkTimes = { reedSolomon: 0, hashing: 0, transposing: 0 };
  const metered = (run: KernelExports) =>
    Object.fromEntries(
      Object.entries(run).map(([name, kernel]) => {
        const kind = KIND[name];
        if (kind === undefined) return [name, kernel];
        return [
          name,
          (...parameters: number[]) => {
            const before = performance.now();
            (kernel as (...parameters: number[]) => void)(...parameters);
            times[kind] += performance.now() - before;
          },
        ];
      }),
    ) as unknown as KernelExports;
  const kernels = new Kernels(metered);
  return { engine: engineOn(() => kernels), times };
}
