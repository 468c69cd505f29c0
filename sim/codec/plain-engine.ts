import { join, split } from "./bytes.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { decode } from "./field/decode.ts";
import { encode } from "./field/encode.ts";
import { addMultiple } from "./field/field.ts";
import { generator } from "./field/generator.ts";
import { HASH_BYTES, leafHash, rootAlong, rootOf, treeOver } from "./hash/merkle.ts";
import { fromElements, toElements } from "./symbols.ts";

/** The codec's arithmetic, written to be read beside its specification: the oracle of faster ones. */
export const plainEngine: CodecEngine = {
  encode(code, rows, symbolBytes) {
    const rowBytes = rows.length / (code.originals + code.repairs);
    const originals = split(rows, rowBytes).slice(0, code.originals);
    const repairs = encode(
      code,
      originals.map((row) => toElements(row, symbolBytes)),
    );
    rows.set(join(repairs.map((row) => fromElements(row, symbolBytes))), code.originals * rowBytes);
  },

  repair(code, originals, repairIndex, symbolBytes) {
    const coefficient = generator(code);
    const rowBytes = originals.length / code.originals;
    const sum = new Uint16Array(rowBytes / 2);
    for (const [original, row] of split(originals, rowBytes).entries()) {
      addMultiple(sum, toElements(row, symbolBytes), coefficient(repairIndex, original));
    }
    return fromElements(sum, symbolBytes);
  },

  decode(code, received, symbolBytes) {
    const rows = received.map(({ index, data }) => [index, toElements(data, symbolBytes)] as const);
    const originals = decode(code, new Map(rows));
    return join(originals.map((row) => fromElements(row, symbolBytes)));
  },

  transpose(target, matrix, columns, symbolBytes) {
    const rows = matrix.length / (columns * symbolBytes);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const from = (row * columns + column) * symbolBytes;
        const to = (column * rows + row) * symbolBytes;
        for (let i = 0; i < symbolBytes; i++) target[to + i] = matrix[from + i]!;
      }
    }
  },

  merkleTree(leaves, leafBytes) {
    return treeOver(join(split(leaves, leafBytes).map((leaf) => leafHash(leaf))));
  },

  rootsAlong(leaves, leafBytes, index, siblings) {
    const count = leaves.length / leafBytes;
    const levels = split(siblings, count * HASH_BYTES).map((level) => split(level, HASH_BYTES));
    const roots = split(leaves, leafBytes).map((leaf, i) => {
      const path = levels.map((level) => level[i]!);
      return rootAlong(leafHash(leaf), index, path);
    });
    return join(roots);
  },

  expand({ shardCount, rows, columns, symbolBytes, primary, secondary }) {
    const message = primary.subarray(0, rows * columns * symbolBytes);
    this.encode({ originals: rows, repairs: shardCount - rows }, primary, symbolBytes);
    this.transpose(secondary, message, columns, symbolBytes);
    this.encode({ originals: columns, repairs: shardCount - columns }, secondary, symbolBytes);
    // The primary slivers are all rows but for their last symbols. Those stand in the last columns:
    // the last secondary slivers above, and below what the encoding down a column makes of them.
    const right = new Uint8Array(shardCount * (shardCount - columns) * symbolBytes);
    this.transpose(right, secondary.subarray(columns * rows * symbolBytes), rows, symbolBytes);
    this.encode({ originals: rows, repairs: shardCount - rows }, right, symbolBytes);
    const left = split(primary, columns * symbolBytes);
    const rightRows = split(right, (shardCount - columns) * symbolBytes);
    const symbols = left.flatMap((row, i) => split(join([row, rightRows[i]!]), symbolBytes));
    const hashes = join(symbols.map((symbol) => leafHash(symbol)));
    const turned = new Uint8Array(hashes.length);
    this.transpose(turned, hashes, shardCount, HASH_BYTES);
    return {
      primary: rootsOfRows(hashes, shardCount),
      secondary: rootsOfRows(turned, shardCount),
    };
  },
};

function rootsOfRows(leafHashes: Uint8Array, columns: number): Uint8Array {
  return join(split(leafHashes, columns * HASH_BYTES).map((row) => rootOf(treeOver(row))));
}
