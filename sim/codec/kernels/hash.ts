// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
import { BLOCK, chain3, hash1, hash16, hash9, readChain, startChain } from "./compress";

// Three messages of one length are hashed at a time: two in the lanes of vectors and one in plain
// registers, which other units of the processor work on. Where fewer are left, one is repeated.
// Words are put in place as whole vectors: a load that follows two smaller stores would wait.

const INNER: u64 = 1;
/** Digests of repeated messages go here. */
const NOWHERE: usize = memory.data(32);

/** The same word of two messages. */
// @ts-ignore: decorator
@inline
function lanes(a: usize, b: usize): v128 {
  return v128.load_lane<u64>(b, v128.load64_zero(a), 1);
}

// @ts-ignore: decorator
@inline
function setWord(word: usize, ab: v128, c: u64): void {
  v128.store(BLOCK + (word << 4), ab);
  store<u64>(BLOCK + (word << 3), c, 256);
}

/**
 * Hashes of leaves that lie one after another, with 16 bytes to spare on either side of all. Every so
 * many leaves make a row; rows of digests are `digestStep` bytes apart.
 */
export function hashLeaves(
  leaves: usize, leafBytes: i32, perRow: i32, rows: i32, digests: usize, digestStep: usize,
): void {
  const step: usize = leafBytes;
  const skip = digestStep - (<usize>perRow << 5);
  let at = leaves, to = digests, column = 0;
  for (let rest = perRow * rows; rest > 0; rest -= 3) {
    const a = at, toA = to;
    to += 32;
    if (++column == perRow) {
      column = 0;
      to += skip;
    }
    const b = rest > 1 ? a + step : a, toB = rest > 1 ? to : NOWHERE;
    to += 32;
    if (++column == perRow) {
      column = 0;
      to += skip;
    }
    const c = rest > 2 ? b + step : a, toC = rest > 2 ? to : NOWHERE;
    to += 32;
    if (++column == perRow) {
      column = 0;
      to += skip;
    }
    at = c + step;
    if (leafBytes < 8) {
      const mask: u64 = ((<u64>1 << (leafBytes << 3)) - 1) << 8;
      const ab = v128.and(i64x2.shl(lanes(a, b), 8), i64x2.splat(mask));
      setWord(0, ab, (load<u64>(c) << 8) & mask);
      hash1(leafBytes + 1, toA, toB, toC);
    } else if (leafBytes < 72) {
      setPartOfBlock(a - 1, b - 1, c - 1, leafBytes + 1, 9);
      setPrefix(a, b, c);
      hash9(leafBytes + 1, toA, toB, toC);
    } else if (leafBytes < 128) {
      setPartOfBlock(a - 1, b - 1, c - 1, leafBytes + 1, 16);
      setPrefix(a, b, c);
      hash16(leafBytes + 1, toA, toB, toC);
    } else {
      hashLong(a - 1, b - 1, c - 1, leafBytes + 1, toA, toB, toC);
    }
  }
}

/** The same for leaves of two bytes each, out of a list of all there can be. */
export function lookUpLeaves(leaves: usize, perRow: i32, rows: i32, list: usize, digests: usize, digestStep: usize): void {
  for (; rows > 0; rows--, digests += digestStep) {
    for (let to = digests, end = digests + (<usize>perRow << 5); to < end; to += 32, leaves += 2) {
      const found = list + (<usize>load<u16>(leaves) << 5);
      v128.store(to, v128.load(found));
      v128.store(to, v128.load(found, 16), 16);
    }
  }
}

/** The first word of leaves: a byte of zero, then the leaf. */
// @ts-ignore: decorator
@inline
function setPrefix(a: usize, b: usize, c: usize): void {
  setWord(0, i64x2.shl(lanes(a, b), 8), load<u64>(c) << 8);
}

function setWholeBlock(a: usize, b: usize, c: usize): void {
  for (let at: usize = 0; at < 128; at += 16) {
    const x = v128.load(a + at), y = v128.load(b + at);
    v128.store(BLOCK + 2 * at, v128.shuffle<u64>(x, y, 0, 2));
    v128.store(BLOCK + 2 * at, v128.shuffle<u64>(x, y, 1, 3), 16);
    v128.store(BLOCK + at, v128.load(c + at), 256);
  }
}

/** The first words of a block that has so many bytes, and zeros behind them. */
function setPartOfBlock(a: usize, b: usize, c: usize, bytes: usize, words: usize): void {
  const full = bytes >> 3;
  for (let word: usize = 0; word < full; word++) {
    const at = word << 3;
    setWord(word, lanes(a + at, b + at), load<u64>(c + at));
  }
  if (full == words) return;
  const at = full << 3;
  const mask: u64 = (<u64>1 << ((bytes & 7) << 3)) - 1;
  setWord(full, v128.and(lanes(a + at, b + at), i64x2.splat(mask)), load<u64>(c + at) & mask);
  for (let word = full + 1; word < words; word++) setWord(word, i64x2.splat(0), 0);
}

/** Leaves of any length, block after block. The prefix stands for the byte that a, b and c begin with. */
function hashLong(a: usize, b: usize, c: usize, bytes: i32, toA: usize, toB: usize, toC: usize): void {
  startChain();
  for (let done = 0; done < bytes; done += 128) {
    if (bytes - done >= 128) setWholeBlock(a, b, c);
    else setPartOfBlock(a, b, c, bytes - done, 16);
    if (done == 0) setPrefix(a + 1, b + 1, c + 1);
    if (bytes - done > 128) chain3(done + 128, 0);
    else chain3(bytes, ~(<u64>0));
    a += 128;
    b += 128;
    c += 128;
  }
  readChain(toA, toB, toC);
}

/**
 * Inner nodes in a grid: rows `rowStep` bytes apart of pairs, each of them `pairStep` bytes behind the
 * one before. Rows of digests are `digestStep` bytes apart.
 */
export function hashPairs(
  left: usize, right: usize, pairStep: usize, perRow: i32, rowStep: usize, rows: i32, digests: usize, digestStep: usize,
): void {
  const skip = rowStep - <usize>perRow * pairStep, skipDigests = digestStep - (<usize>perRow << 5);
  const other = right - left;
  // Three at a time, whatever the rows: where rows are short, no lane is idle.
  let at = left, to = digests, column = 0;
  for (let rest = perRow * rows; rest > 0; rest -= 3) {
    const a = at, toA = to;
    at += pairStep;
    to += 32;
    if (++column == perRow) {
      column = 0;
      at += skip;
      to += skipDigests;
    }
    const b = rest > 1 ? at : a, toB = rest > 1 ? to : NOWHERE;
    at += pairStep;
    to += 32;
    if (++column == perRow) {
      column = 0;
      at += skip;
      to += skipDigests;
    }
    const c = rest > 2 ? at : a, toC = rest > 2 ? to : NOWHERE;
    at += pairStep;
    to += 32;
    if (++column == perRow) {
      column = 0;
      at += skip;
      to += skipDigests;
    }
    const a2 = a + other, b2 = b + other, c2 = c + other;
    setWord(0, v128.or(i64x2.shl(lanes(a, b), 8), i64x2.splat(INNER)), (load<u64>(c) << 8) | INNER);
    setWord(1, lanes(a + 7, b + 7), load<u64>(c, 7));
    setWord(2, lanes(a + 15, b + 15), load<u64>(c, 15));
    setWord(3, lanes(a + 23, b + 23), load<u64>(c, 23));
    // The last byte of the left node, then the first seven of the right one.
    const last = i64x2.shr_u(lanes(a + 24, b + 24), 56);
    setWord(4, v128.or(i64x2.shl(lanes(a2, b2), 8), last), (load<u64>(c2) << 8) | (load<u64>(c, 24) >> 56));
    setWord(5, lanes(a2 + 7, b2 + 7), load<u64>(c2, 7));
    setWord(6, lanes(a2 + 15, b2 + 15), load<u64>(c2, 15));
    setWord(7, lanes(a2 + 23, b2 + 23), load<u64>(c2, 23));
    setWord(8, i64x2.shr_u(lanes(a2 + 24, b2 + 24), 56), load<u64>(c2, 24) >> 56);
    hash9(65, toA, toB, toC);
  }
}

/** Completes a Merkle tree whose leaf hashes stand at `nodes`: see ../hash/merkle.ts for its order. */
export function hashTree(nodes: usize, leafCount: i32): void {
  let count = leafCount;
  while (count > 1) {
    const next = nodes + (<usize>(count + (count & 1)) << 5);
    if (count & 1) memory.fill(next - 32, 0, 32);
    count = (count + 1) >> 1;
    hashPairs(nodes, nodes + 32, 64, count, 0, 1, next, 0);
    nodes = next;
  }
}

/** Writes zeros to one node of each of so many rows: the empty node that a level of odd length ends with. */
export function clearNodes(first: usize, rowStep: usize, rows: i32): void {
  for (; rows > 0; rows--, first += rowStep) memory.fill(first, 0, 32);
}
