import type { EncodedBlob } from "../codec/code.ts";
import { copyShared } from "../codec/fast/shared-memory.ts";
import { joinShares, type Share } from "../codec/fast/shares.ts";
import { fastEngine } from "../codec/fast-engine.ts";
import { encodedBlob } from "../codec/red-stuff/encode.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { redStuffLayout } from "../codec/red-stuff/shape.ts";
import { SliverMemory } from "../codec/sliver-memory.ts";
import { CodecCrew } from "./codec-crew.ts";

/**
 * Encodes large blobs on several threads at once, to the same bytes as one: slivers and metadata, in
 * memory that all threads share. Each thread has kernels and some 20 MiB of its own.
 */
export class CodecThreads {
  readonly #crew: CodecCrew;
  readonly #memory = new SliverMemory({ shared: true });

  constructor(workers: number) {
    this.#crew = new CodecCrew(workers);
  }

  /** What was encoded before is overwritten. Throws a RangeError for a blob too large for so many shards. */
  async encode(blob: Uint8Array, shards: number): Promise<EncodedBlob> {
    const code = redStuff(shards, fastEngine);
    const { shape } = code;
    const layout = redStuffLayout(shape, blob.length);
    const { symbolBytes } = layout;
    const primary = this.#memory.take("primary", shards * layout.primaryBytes);
    const secondary = this.#memory.take("secondary", shards * layout.secondaryBytes);
    const message = primary.subarray(0, shape.rows * layout.primaryBytes);
    copyShared(message.subarray(0, blob.length), blob);
    message.fill(0, blob.length);
    const matrix = { ...shape, symbolBytes, primary, secondary };
    const of = this.#crew.workers;
    const all = (kind: Share["kind"]) =>
      this.#crew.run(
        "share",
        Array.from({ length: of }, (_, share) => ({ kind, share, of, matrix })),
      );
    await all("rows");
    const roots = joinShares(this.#crew.kernels, matrix, await all("panels"));
    return encodedBlob(code, blob.length, {
      message,
      primary: () => primary,
      secondary: () => secondary,
      roots: () => roots,
    });
  }

  async end(): Promise<void> {
    await this.#crew.end();
  }
}
