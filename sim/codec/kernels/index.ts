// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
export { setFactorTables } from "./butterflies";
export { combine } from "./combine";
export { decode, encodeHigh, encodeLow } from "./reed-solomon";
export { clearNodes, hashLeaves, hashPairs, hashTree, lookUpLeaves } from "./hash";
export { setOffsetTables } from "./planes";
export { transpose } from "./transpose";

/** The first byte of memory that is free for the caller to use. */
export function freeFrom(): usize {
  return __heap_base;
}
