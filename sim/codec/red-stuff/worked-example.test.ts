import { describe, expect, it } from "vitest";
import { blobCode } from "../blob-code.ts";
import { fromHex, toBase64Url, toHex } from "../bytes.ts";
import { leafHash } from "../hash/merkle.ts";
import { plainEngine } from "../plain-engine.ts";
import { redStuff } from "./red-stuff.ts";
import { writeMetadata, writeSliver } from "./serialization.ts";
import { expandSliver } from "./sliver-hash.ts";

/** 13 bytes on 4 shards: 2 rows and 3 columns of symbols of 4 bytes, expanded to 4 and 4. */
const blob = fromHex("401693386006721edffeda7fa4")!;
const MATRIX = [
  "40169338 6006721e dffeda7f ffee3b59",
  "a4000000 00000000 00000000 a4000000",
  "624b5923 862dd734 a25bafdd 463d21ca",
  "865dca1b e62ba52a 7da575a2 1dd31a93",
].map((row) => row.split(" "));

const encoded = blobCode({ scheme: "red-stuff", shards: 4 }).encode(blob);

describe("the worked example of Red Stuff", () => {
  it.each([0, 1, 2, 3])("has primary sliver %i, the first three symbols of its row", (row) => {
    expect(toHex(encoded.primary(row))).toBe(MATRIX[row]!.slice(0, 3).join(""));
  });

  it.each([0, 1, 2, 3])(
    "has secondary sliver %i, the first two symbols of its column",
    (column) => {
      const symbols = MATRIX.map((row) => row[column]);
      expect(toHex(encoded.secondary(column))).toBe(symbols.slice(0, 2).join(""));
    },
  );

  it("expands either kind of sliver to its whole row or column", () => {
    const four = redStuff(4, plainEngine);
    for (const index of [0, 1, 2, 3]) {
      const row = expandSliver(four, { axis: "primary", index, data: encoded.primary(index) });
      expect(toHex(row.symbols)).toBe(MATRIX[index]!.join(""));
      const column = { axis: "secondary", index, data: encoded.secondary(index) } as const;
      expect(toHex(expandSliver(four, column).symbols)).toBe(
        MATRIX.map((symbols) => symbols[index]).join(""),
      );
    }
  });

  it("has the hashes and the blob ID of the specification", () => {
    const { blobId, rootHash, hashes } = encoded.metadata;
    expect(toHex(leafHash(fromHex(MATRIX[0]![0]!)!))).toBe(
      "b94b2120f37a79341d51ea1f3447a67bafc8e7b18ff9480cd89dcdbb10d476c7",
    );
    expect(toHex(hashes[0]!.primary)).toBe(
      "c2d5d4759df8b29dfdd17f4eaefb73c367694ed3574db44012b11eed10dd4065",
    );
    expect(toHex(hashes[0]!.secondary!)).toBe(
      "41a16dc8571cccd3ab318f3852c9660e04abb203e830f5628703db34a02d49de",
    );
    expect(toHex(leafHash(hashes[0]!.primary, hashes[0]!.secondary!))).toBe(
      "0fe0c75fcc7b4994814099ec049f61e0f1add4a11cb0aaa5cd2ffa38e939c021",
    );
    expect(toHex(rootHash)).toBe(
      "aa304d8bfc5d3876a0707ec5af9fdc708bf18daf95f62eb7da4cb44597ccce50",
    );
    expect(toHex(blobId)).toBe("d6ab7d6d75962f6df9084f8fe3294e8c246d740617e3632652805f2a2b9ad2d8");
    expect(toBase64Url(blobId)).toBe("1qt9bXWWL235CE-P4ylOjCRtdAYX42MmUoBfKiua0tg");
  });

  it("is serialized as Walrus sends it: sliver, symbol size, sliver index", () => {
    const primary = writeSliver({ index: 0, data: encoded.primary(0) }, 4);
    expect(toHex(primary)).toBe("0c401693386006721edffeda7f04000000");
    const secondary = writeSliver({ index: 3, data: encoded.secondary(3) }, 4);
    expect(toHex(secondary)).toBe("08ffee3b59a400000004000300");
  });

  it("has metadata of the size that its layout tells", () => {
    expect(writeMetadata(encoded.metadata)).toHaveLength(encoded.layout.metadataBytes);
    const head = [
      toHex(encoded.metadata.blobId),
      "00", // Version 1.
      "01", // RS2.
      "0d00000000000000", // 13 bytes.
      "04", // Pairs.
      `01${toHex(encoded.metadata.hashes[0]!.primary)}`,
      `01${toHex(encoded.metadata.hashes[0]!.secondary!)}`,
    ].join("");
    expect(toHex(writeMetadata(encoded.metadata)).slice(0, head.length)).toBe(head);
  });
});
