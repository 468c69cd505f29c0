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
    format: `${what}  {bar}  {percentage}%  {eta_formatted}`,
    barsize: 24,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    etaBuffer: 30,
    formatTime: timeLeft,
    clearOnComplete: true,
    hideCursor: null,
  });
  bar.start(STEPS, 0);
  return { tell: (share) => bar.update(Math.round(share * STEPS)), end: () => bar.stop() };
}

/** Seconds in words, or nothing while there is no telling. */
function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds <= 0) return "";
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.ceil(seconds)} s left`;
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
