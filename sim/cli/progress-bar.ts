import { SingleBar } from "cli-progress";

/** A line on standard error that shows how far the work has come. */
export interface ProgressLine {
  readonly tell: (share: number) => void;
  readonly end: () => void;
}

/** Steps of the bar: fine enough for an estimate of the time left. */
const STEPS = 1_000;

/** A progress bar where a person watches, and nothing anywhere else. */
export function progressLine(what: string, quiet: boolean): ProgressLine {
  if (quiet || process.stderr.isTTY !== true) return { tell: () => {}, end: () => {} };
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${what}  {bar}  {percentage}%  {eta_formatted} left`,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    etaBuffer: 30,
    clearOnComplete: true,
    hideCursor: null,
  });
  bar.start(STEPS, 0);
  return { tell: (share) => bar.update(Math.round(share * STEPS)), end: () => bar.stop() };
}
