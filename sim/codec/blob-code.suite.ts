import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toHex } from "./bytes.ts";
import type { Axis, BlobCode, EncodedBlob, Sliver } from "./code.ts";

/** All slivers of an axis, in order of sliver index. */
export function sliversOf(code: BlobCode, encoded: EncodedBlob, axis: Axis): Sliver[] {
  return Array.from({ length: code.shardCount }, (_, index) => ({
    axis,
    index,
    data: encoded[axis](index),
  }));
}

/** Blobs of up to so many bytes; short ones and zeros are common. */
export const blobs = (bytesMax: number) =>
  fc.oneof(
    fc.uint8Array({ maxLength: bytesMax }),
    fc.integer({ min: 0, max: bytesMax }).map((bytes) => new Uint8Array(bytes)),
  );

/** What any code must do. */
export function testBlobCode(name: string, code: BlobCode): void {
  const axes: Axis[] =
    code.secondaryNeeded === Number.POSITIVE_INFINITY ? ["primary"] : ["primary", "secondary"];
  const needed = { primary: code.primaryNeeded, secondary: code.secondaryNeeded };
  const someBlob = Uint8Array.from({ length: 1000 }, (_, i) => (i * i) >> 3);

  describe(`${name}: a blob`, () => {
    it("comes back from any slivers of one axis, as many as that axis needs", () => {
      const indices = Array.from({ length: code.shardCount }, (_, index) => index);
      const subsets = fc.record({
        primary: fc.shuffledSubarray(indices, {
          minLength: needed.primary,
          maxLength: needed.primary,
        }),
        secondary: fc.shuffledSubarray(indices, {
          minLength: Math.min(needed.secondary, code.shardCount),
          maxLength: Math.min(needed.secondary, code.shardCount),
        }),
      });
      fc.assert(
        fc.property(blobs(600), subsets, (blob, chosen) => {
          const encoded = code.encode(blob);
          for (const axis of axes) {
            const slivers = sliversOf(code, encoded, axis);
            const subset = chosen[axis].map((index) => slivers[index]!);
            const decoded = code.decode(subset, blob.length);
            expect(decoded.ok && toHex(decoded.blob)).toBe(toHex(blob));
          }
        }),
      );
    });

    it.each(axes)(
      "does not come back from one %s sliver less, and says what is missing",
      (axis) => {
        const slivers = sliversOf(code, code.encode(someBlob), axis);
        const few = slivers.slice(0, needed[axis] - 1);
        // With nothing at all, the primary axis is the nearer one.
        const expected = few.length === 0 ? needed.primary : needed[axis];
        expect(code.decode(few, someBlob.length)).toEqual({
          ok: false,
          reason: "not-enough-slivers",
          needed: expected,
          usable: few.length,
        });
      },
    );

    it.each(axes)(
      "comes back although %s slivers come twice, in the wrong size or from nowhere",
      (axis) => {
        const slivers = sliversOf(code, code.encode(someBlob), axis);
        const [first] = slivers;
        const odd: Sliver[] = [
          { axis, index: 0, data: first!.data.slice(1) },
          { axis, index: code.shardCount, data: first!.data },
          { axis, index: -1, data: first!.data },
          { axis, index: 0.5, data: first!.data },
          first!,
          first!,
        ];
        const decoded = code.decode([...odd, ...slivers.slice(1, needed[axis])], someBlob.length);
        expect(decoded.ok && toHex(decoded.blob)).toBe(toHex(someBlob));
        expect(code.decode([...odd, ...slivers.slice(2, needed[axis])], someBlob.length).ok).toBe(
          needed[axis] === 1,
        );
      },
    );

    it.each(axes)("is decided by the first %s slivers: any surplus is ignored", (axis) => {
      const slivers = sliversOf(code, code.encode(someBlob), axis);
      const wrong = { ...slivers.at(-1)!, data: new Uint8Array(slivers.at(-1)!.data.length) };
      const decoded = code.decode([...slivers.slice(0, -1), wrong], someBlob.length);
      expect(decoded.ok && toHex(decoded.blob)).toBe(toHex(someBlob));
    });

    it("stays as it was when its bytes are changed after encoding", () => {
      const blob = someBlob.slice();
      const encoded = code.encode(blob);
      blob.fill(0);
      expect(encoded.metadata).toEqual(code.encode(someBlob).metadata);
    });
  });

  describe(`${name}: one sliver`, () => {
    it("is computed without the others, and so is its hash", () => {
      fc.assert(
        fc.property(blobs(600), (blob) => {
          const encoded = code.encode(blob);
          for (const { axis, index, data } of axes.flatMap((a) => sliversOf(code, encoded, a))) {
            expect(toHex(code.sliver(blob, { axis, index }))).toBe(toHex(data));
          }
        }),
        { numRuns: 20 },
      );
      const { hashes } = code.encode(someBlob).metadata;
      for (const axis of axes) {
        const sliver = { axis, index: 1, data: code.sliver(someBlob, { axis, index: 1 }) };
        const pair = axis === "primary" ? 1 : code.shardCount - 2;
        expect(code.sliverHash(sliver)).toEqual(hashes[pair]![axis]);
      }
    });

    it("is not there beyond the last, before the first or in between", () => {
      const encoded = code.encode(someBlob);
      for (const index of [-1, 0.5, Number.NaN, code.shardCount, 2 ** 32]) {
        for (const axis of ["primary", "secondary"] as const) {
          expect(() => encoded[axis](index)).toThrow(RangeError);
          expect(() => code.sliver(someBlob, { axis, index })).toThrow(RangeError);
          const data = encoded.primary(0);
          expect(() => code.sliverHash({ axis, index, data })).toThrow(RangeError);
        }
      }
    });
  });

  describe(`${name}: sizes`, () => {
    it("are those of the slivers it makes", () => {
      fc.assert(
        fc.property(blobs(600), (blob) => {
          const encoded = code.encode(blob);
          expect(encoded.layout).toEqual(code.layout(blob.length));
          for (const axis of axes) {
            expect(new Set(sliversOf(code, encoded, axis).map(({ data }) => data.length))).toEqual(
              new Set([encoded.layout[`${axis}Bytes`]]),
            );
          }
        }),
        { numRuns: 20 },
      );
    });

    it("are refused for a blob that is too large, or that cannot be", () => {
      expect(() => code.layout(code.blobBytesMax)).not.toThrow();
      expect(() => code.layout(code.blobBytesMax + 1)).toThrow(RangeError);
      expect(() => code.layout(-1)).toThrow(RangeError);
      expect(() => code.layout(0.5)).toThrow(RangeError);
      expect(() => code.decode([], code.blobBytesMax + 1)).toThrow(RangeError);
      expect(() => code.decode([], -1)).toThrow(RangeError);
    });
  });

  describe(`${name}: metadata`, () => {
    const encoded = code.encode(someBlob);
    const { metadata } = encoded;
    const slivers = axes.flatMap((axis) => sliversOf(code, encoded, axis));

    it("holds for every sliver of the blob, and for none with a changed byte", () => {
      for (const sliver of slivers) {
        expect(code.verify(sliver, metadata)).toBe(true);
        const data = sliver.data.slice();
        data[data.length - 1]! ^= 1;
        expect(code.verify({ ...sliver, data }, metadata)).toBe(false);
      }
    });

    it("does not hold for a sliver in another's place, of another size or from nowhere", () => {
      const [sliver, next] = slivers;
      const moved = code.verify({ ...sliver!, index: 1 }, metadata);
      expect(moved).toBe(toHex(sliver!.data) === toHex(next!.data));
      expect(code.verify({ ...sliver!, index: code.shardCount }, metadata)).toBe(false);
      expect(code.verify({ ...sliver!, data: sliver!.data.slice(2) }, metadata)).toBe(false);
      expect(code.verify({ ...sliver!, data: new Uint8Array(0) }, metadata)).toBe(false);
    });

    it("is bound to its blob ID in every part", () => {
      const other = code.encode(someBlob.slice(1)).metadata;
      expect(code.verifyMetadata(metadata)).toBe(true);
      expect(code.verifyMetadata({ ...metadata, blobBytes: 999 })).toBe(false);
      expect(code.verifyMetadata({ ...metadata, blobId: other.blobId })).toBe(false);
      expect(code.verifyMetadata({ ...metadata, rootHash: other.rootHash })).toBe(false);
      expect(code.verifyMetadata({ ...metadata, hashes: other.hashes })).toBe(false);
      expect(code.verifyMetadata({ ...metadata, hashes: metadata.hashes.slice(1) })).toBe(false);
    });

    it("of lengths and hashes that cannot be holds for nothing, and breaks nothing", () => {
      for (const blobBytes of [-1, 1000.5, Number.NaN, 2 ** 60, code.blobBytesMax + 1]) {
        expect(code.verifyMetadata({ ...metadata, blobBytes })).toBe(false);
        expect(code.verify(slivers[0]!, { ...metadata, blobBytes })).toBe(false);
      }
      const [first, ...others] = metadata.hashes;
      const short = { ...first!, primary: first!.primary.slice(1) };
      expect(code.verifyMetadata({ ...metadata, hashes: [short, ...others] })).toBe(false);
    });
  });
}
