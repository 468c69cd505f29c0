import { join } from "node:path";
import type { EncodedBlob } from "../codec/code.ts";
import { Kernels } from "../codec/fast/kernels.ts";
import { joinShares, type Share } from "../codec/fast/shares.ts";
import type { PanelNodes } from "../codec/fast/sliver-roots.ts";
import { fastEngine } from "../codec/fast-engine.ts";
import { encodedBlob } from "../codec/red-stuff/encode.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { redStuffLayout } from "../codec/red-stuff/shape.ts";
import { SliverMemory } from "../codec/sliver-memory.ts";
import type { CodecTask } from "./codec-worker.ts";
import { packageRoot } from "./package-root.ts";

/**
 * Encodes large blobs on several threads at once, to the same bytes as one: slivers and metadata, in
 * memory that all threads share. Each thread has kernels and some 80 MiB of its own.
 */
export class CodecThreads {
  readonly #workers: number;
  readonly #kernels = new Kernels();
  readonly #memory = new SliverMemory({ shared: true });
  readonly #pool: Promise<import("piscina").Piscina<CodecTask, readonly PanelNodes[]>>;

  constructor(workers: number) {
    this.#workers = workers;
    this.#pool = import("piscina").then(
      ({ Piscina }) =>
        new Piscina({
          filename: join(packageRoot(), ".build/sim/study/codec-worker.js"),
          minThreads: workers,
          maxThreads: workers,
        }),
    );
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
    message.set(blob);
    message.fill(0, blob.length);
    const matrix = { ...shape, symbolBytes, primary, secondary };
    const pool = await this.#pool;
    const all = async (kind: Share["kind"]) => {
      const shares = Array.from({ length: this.#workers }, (_, share) => share);
      const tasks = shares.map((share) => pool.run({ kind, share, of: this.#workers, matrix }));
      return await Promise.all(tasks);
    };
    await all("rows");
    const roots = joinShares(this.#kernels, matrix, await all("panels"));
    return encodedBlob(code, blob.length, {
      message,
      primary: () => primary,
      secondary: () => secondary,
      roots: () => roots,
    });
  }

  async end(): Promise<void> {
    await (await this.#pool).destroy();
  }
}
