import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Opens a file for as long as the work takes. @throws the error of the file system */
export function withFile<Result>(
  path: string,
  flags: string | number,
  work: (file: number) => Result,
): Result {
  const file = openSync(path, flags);
  try {
    return work(file);
  } finally {
    closeSync(file);
  }
}

/** Fills `target` with a file from a byte on, and returns how many bytes there were. */
export function readAt(file: number, target: Uint8Array, at: number): number {
  let done = 0;
  while (done < target.length) {
    const count = readSync(file, target, done, target.length - done, at + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

export function writeAt(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
  }
}
