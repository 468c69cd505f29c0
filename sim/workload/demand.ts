import type { Distribution } from "../engine/distribution.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { MisEncoding } from "../protocol/messages.ts";

/** When operations begin. A `rate` is in operations (or bursts) a microsecond. */
export type Arrivals =
  | { readonly kind: "poisson"; readonly rate: number }
  /** At each multiple of `every` but 0, later by up to `jitter`, evenly drawn. */
  | { readonly kind: "periodic"; readonly every: Duration; readonly jitter?: Duration | undefined }
  /** Bursts at Poisson times, each of `size` operations at once. */
  | { readonly kind: "bursts"; readonly rate: number; readonly size: number }
  /** Ascending. */
  | { readonly kind: "recorded"; readonly times: readonly SimTime[] }
  /** So many users who think, wait for their operation to end, and think again. */
  | { readonly kind: "closed"; readonly clients: number; readonly think: Distribution };

/** Reads may also follow writes: each certified blob is read so many times, evenly drawn `within`. */
export type ReadArrivals =
  | Arrivals
  | { readonly kind: "on-write"; readonly readers: number; readonly within: Duration };

/** Which of the blobs that exist is read. */
export type Popularity =
  /** Chance proportional to rank^-exponent; the rank is the blob's age in order of existence. */
  | { readonly kind: "zipf"; readonly exponent: number }
  | { readonly kind: "uniform" }
  /** Evenly one of the so many youngest. */
  | { readonly kind: "newest"; readonly blobs: number };

export interface WriteDemand {
  readonly arrivals: Arrivals;
  /** In bytes. */
  readonly size: Distribution;
  /** The writer cheats: this share of its blobs is no code word. */
  readonly misEncoding?: (MisEncoding & { readonly share: number }) | undefined;
  /** Epochs that blobs are paid for, the one they are written in included; longer than the run unless given. */
  readonly lifetime?: number | undefined;
  /** This share of them is deleted so long after its writer knows it certified. */
  readonly deleted?: { readonly share: number; readonly after: Duration } | undefined;
  /** This share of them is paid for by so many epochs more, in the same way. */
  readonly extended?:
    | { readonly share: number; readonly after: Duration; readonly epochs: number }
    | undefined;
}

export interface ReadDemand {
  readonly arrivals: ReadArrivals;
  /** Not asked of reads that follow writes. */
  readonly popularity: Popularity;
  /** Reads a stretch of so many bytes at an evenly drawn place; the whole blob when absent. */
  readonly range?: { readonly bytes: number } | undefined;
}

/** A flash crowd: for a while, `factor` times the usual reads. */
export interface Surge {
  readonly at: SimTime;
  readonly lasts: Duration;
  /** Nothing happens unless it is above 1. */
  readonly factor: number;
  /** The added reads are of so many blobs; of any, by the usual popularity, when absent. */
  readonly blobs?: number | undefined;
}

/** Blobs that are stored before the world begins. */
export interface Preload {
  readonly blobs: number;
  /** In bytes. */
  readonly size: Distribution;
}

/** Who wants what, when. */
export interface Workload {
  readonly writes: readonly WriteDemand[];
  readonly reads: readonly ReadDemand[];
  readonly surges: readonly Surge[];
}
