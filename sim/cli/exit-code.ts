/** What a shell or a CI job learns from a command. */
export const exitCode = {
  /** Every guarantee met (or nothing was promised). */
  met: 0,
  /** A guarantee broken; for `diff`, the two runs differ. */
  broken: 1,
  /** The user's mistake: each is printed on a line, and nothing was written. */
  mistake: 2,
  /** A broken invariant of ours, printed with the one command that replays it. */
  bug: 3,
  /** No guarantee broken, but at least one needs more replications. */
  undecided: 4,
  /** Stopped by Ctrl-C: 128 + SIGINT, as shells have it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
