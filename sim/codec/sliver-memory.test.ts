import { expect, it } from "vitest";
import { blobCode } from "./blob-code.ts";
import { SliverMemory } from "./sliver-memory.ts";

it("slivers of a blob are the same in memory that another blob has left behind", () => {
  const code = blobCode({ scheme: "red-stuff", shards: 10 });
  const memory = new SliverMemory();
  // Of one symbol size, 10 bytes, so that the same memory serves: but with 39 bytes of padding.
  const before = code.encode(new Uint8Array(280).fill(255), memory);
  const earlier = before.primary(9);
  const blob = Uint8Array.from({ length: 241 }, (_, i) => i + 1);
  const encoded = code.encode(blob, memory);
  const fresh = code.encode(blob);
  expect(encoded.metadata).toEqual(fresh.metadata);
  for (let index = 0; index < 10; index++) {
    expect(encoded.primary(index)).toEqual(fresh.primary(index));
    expect(encoded.secondary(index)).toEqual(fresh.secondary(index));
  }
  expect(encoded.primary(9).buffer).toBe(earlier.buffer);
});
