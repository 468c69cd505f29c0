// Writes the AssemblyScript of BLAKE2b's compression of three messages at once: every round spelled
// out, since the words that a message is too short for need no addition.

// As in ../hash/blake2b.ts, but with whole words of 64 bits.
const INITIAL = [
  0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n,
];
const PARAMETERS = 0x01010020n;
const SCHEDULE = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];
const MIXINGS = [
  [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
  [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
];

const hex = (word) => `0x${word.toString(16)}`;
const start = INITIAL.map((word, i) => hex(i === 0 ? word ^ PARAMETERS : word));
const eight = [0, 1, 2, 3, 4, 5, 6, 7];

// v0 to v15 hold two messages, w0 to w15 the third. A swizzle by a constant is one instruction where
// V8 makes five of a shuffle by bytes.
const half = (a, b, c, d, word, words, [rotateV, rotateW]) => `
  v${a} = ${word < words ? `i64x2.add(i64x2.add(v${a}, v${b}), v128.load(BLOCK, ${16 * word}))` : `i64x2.add(v${a}, v${b})`};
  x = v128.xor(v${d}, v${a});
  v${d} = ${rotateV[0]};
  v${c} = i64x2.add(v${c}, v${d});
  x = v128.xor(v${b}, v${c});
  v${b} = ${rotateV[1]};
  w${a} = w${a} + w${b}${word < words ? ` + load<u64>(BLOCK, ${256 + 8 * word})` : ""};
  w${d} = rotr<u64>(w${d} ^ w${a}, ${rotateW[0]});
  w${c} += w${d};
  w${b} = rotr<u64>(w${b} ^ w${c}, ${rotateW[1]});`;

const BY_32 = "v128.shuffle<u32>(x, x, 1, 0, 3, 2)";
const BY_24 = "v128.swizzle(x, i8x16(3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10))";
const BY_16 = "v128.swizzle(x, i8x16(2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9))";
const BY_63 = "v128.or(i64x2.add(x, x), i64x2.shr_u(x, 63))";

function rounds(words) {
  let text = "";
  for (let round = 0; round < 12; round++) {
    const schedule = SCHEDULE[round % 10];
    for (const [mixing, [a, b, c, d]] of MIXINGS.entries()) {
      text += half(a, b, c, d, schedule[2 * mixing], words, [[BY_32, BY_24], [32, 24]]);
      text += half(a, b, c, d, schedule[2 * mixing + 1], words, [[BY_16, BY_63], [16, 63]]);
    }
  }
  return text;
}

/** Hashes three messages of one block and at most so many words. */
const hash = (words) => `
export function hash${words}(bytes: u64, toA: usize, toB: usize, toC: usize): void {
  let x: v128;
  ${eight.map((i) => `let v${i} = i64x2.splat(${start[i]}), v${i + 8} = i64x2.splat(${hex(INITIAL[i])});`).join("\n  ")}
  ${eight.map((i) => `let w${i}: u64 = ${start[i]}, w${i + 8}: u64 = ${hex(INITIAL[i])};`).join("\n  ")}
  v12 = v128.xor(v12, i64x2.splat(bytes));
  v14 = v128.not(v14);
  w12 ^= bytes;
  w14 = ~w14;
  ${rounds(words)}
  ${[0, 1, 2, 3]
    .map(
      (i) => `
  x = v128.xor(v128.xor(i64x2.splat(${start[i]}), v${i}), v${i + 8});
  v128.store64_lane(toA, x, 0, ${8 * i});
  v128.store64_lane(toB, x, 1, ${8 * i});
  store<u64>(toC, ${start[i]} ^ w${i} ^ w${i + 8}, ${8 * i});`,
    )
    .join("")}
}`;

/** Takes in one more block of three longer messages. */
const chain = `
export function chain3(bytes: u64, last: u64): void {
  let x: v128;
  ${eight.map((i) => `let v${i} = v128.load(CHAIN, ${16 * i}), v${i + 8} = i64x2.splat(${hex(INITIAL[i])});`).join("\n  ")}
  ${eight.map((i) => `let w${i} = load<u64>(CHAIN, ${128 + 8 * i}), w${i + 8}: u64 = ${hex(INITIAL[i])};`).join("\n  ")}
  v12 = v128.xor(v12, i64x2.splat(bytes));
  v14 = v128.xor(v14, i64x2.splat(last));
  w12 ^= bytes;
  w14 ^= last;
  ${rounds(16)}
  ${eight
    .map(
      (i) => `
  v128.store(CHAIN, v128.xor(v128.load(CHAIN, ${16 * i}), v128.xor(v${i}, v${i + 8})), ${16 * i});
  store<u64>(CHAIN, load<u64>(CHAIN, ${128 + 8 * i}) ^ w${i} ^ w${i + 8}, ${128 + 8 * i});`,
    )
    .join("")}
}

export function startChain(): void {
  ${eight
    .map(
      (i) => `
  v128.store(CHAIN, i64x2.splat(${start[i]}), ${16 * i});
  store<u64>(CHAIN, ${start[i]}, ${128 + 8 * i});`,
    )
    .join("")}
}

export function readChain(toA: usize, toB: usize, toC: usize): void {
  ${[0, 1, 2, 3]
    .map(
      (i) => `
  store<u64>(toA, load<u64>(CHAIN, ${16 * i}), ${8 * i});
  store<u64>(toB, load<u64>(CHAIN, ${16 * i + 8}), ${8 * i});
  store<u64>(toC, load<u64>(CHAIN, ${128 + 8 * i}), ${8 * i});`,
    )
    .join("")}
}`;

/** The source of the module \`compress\`. */
export function compressSource() {
  return `
/** One block of three messages: words of the first two side by side, those of the third from 256 on. */
export const BLOCK: usize = memory.data(384, 16);
/** The state between blocks, in the same order. */
const CHAIN: usize = memory.data(192, 16);
${hash(1)}
${hash(9)}
${hash(16)}
${chain}
`;
}
