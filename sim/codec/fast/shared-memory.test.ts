import { expect, it } from "vitest";
import { copyShared } from "./shared-memory.ts";

it("bytes go to shared memory and come back as they were, and no others, from any byte of a word to any", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => i + 1);
  for (let from = 0; from < 8; from++) {
    for (let to = 0; to < 8; to++) {
      for (const length of [0, 1, 7, 8, 20, 40]) {
        const shared = new Uint8Array(new SharedArrayBuffer(64));
        copyShared(shared.subarray(to, to + length), bytes.subarray(from, from + length));
        const expected = new Uint8Array(64);
        expected.set(bytes.subarray(from, from + length), to);
        expect(shared).toEqual(expected);

        const back = new Uint8Array(64);
        copyShared(back.subarray(from, from + length), shared.subarray(to, to + length));
        const wanted = bytes.map((byte, i) => (i >= from && i < from + length ? byte : 0));
        expect(back).toEqual(wanted);
      }
    }
  }
});
