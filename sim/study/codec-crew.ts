import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { Kernels } from "../codec/fast/kernels.ts";
import { UserMistake } from "../scenario/mistake.ts";
import {
  type CodecInput,
  type CodecResult,
  type CodecWork,
  type CodecWorkName,
  codecWork,
} from "./codec-work.ts";
import { packageRoot } from "./package-root.ts";

/** How a piece of work ended, as plain data: a class does not survive the way from a thread. */
export type CodecOutcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** A piece of work on its way to a thread. */
export interface CodecTask {
  readonly work: CodecWorkName;
  readonly input: unknown;
}

/** Does the codec's work in this thread, or on several others, each with kernels of its own. */
export class CodecCrew {
  readonly workers: number;
  readonly kernels = new Kernels();
  readonly #pool: Promise<import("piscina").Piscina<CodecTask, CodecOutcome>> | undefined;

  constructor(workers: number) {
    this.workers = workers;
    if (workers === 1) return;
    this.#pool = import("piscina").then(
      ({ Piscina }) =>
        new Piscina({
          filename: join(packageRoot(), ".build/sim/study/codec-worker.js"),
          minThreads: workers,
          maxThreads: workers,
        }),
    );
  }

  /**
   * Does one kind of work piece by piece, in no particular order; results are in the order of the pieces.
   * Between two pieces in this thread, Ctrl-C is heard. Once a piece has failed, no other is begun.
   *
   * @throws UserMistake
   */
  async run<Name extends CodecWorkName>(
    work: Name,
    inputs: readonly CodecInput<Name>[],
  ): Promise<CodecResult<Name>[]> {
    const pool = await this.#pool;
    const results: CodecResult<Name>[] = [];
    let failure: unknown;
    let next = 0;
    const lane = async () => {
      while (next < inputs.length && failure === undefined) {
        const index = next++;
        const input = inputs[index]!;
        try {
          if (pool === undefined) {
            const piece = codecWork[work] as CodecWork<Name>;
            results[index] = piece(this.kernels, input);
            await setImmediate();
          } else {
            results[index] = resultOf(await pool.run({ work, input }));
          }
        } catch (error) {
          failure ??= error;
        }
      }
    };
    await Promise.all(Array.from({ length: this.workers }, lane));
    if (failure !== undefined) throw failure;
    return results;
  }

  async end(): Promise<void> {
    await (await this.#pool)?.destroy();
  }
}

function resultOf<Result>(outcome: CodecOutcome): Result {
  if (!outcome.ok) throw new UserMistake(outcome.mistakes);
  return outcome.result as Result;
}
