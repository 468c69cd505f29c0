// What a thread of a codec crew runs: one piece of work after another. Built as a file of its own.
import { Kernels } from "../codec/fast/kernels.ts";
import { UserMistake } from "../scenario/mistake.ts";
import type { CodecOutcome, CodecTask } from "./codec-crew.ts";
import { type CodecWork, codecWork } from "./codec-work.ts";

const kernels = new Kernels();

export default function runTask({ work, input }: CodecTask): CodecOutcome {
  try {
    const piece = codecWork[work] as CodecWork<typeof work>;
    return { ok: true, result: piece(kernels, input as never) };
  } catch (error) {
    if (error instanceof UserMistake) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}
