import seedrandom from "seedrandom";

/** One stream of luck: a uniform number of [0, 1) at each call. Stays valid when a snapshot is restored. */
export type RandomStream = () => number;

/** Where all streams stand. Opaque; can be restored any number of times. */
export interface StreamsSnapshot {
  readonly seed: string;
  readonly states: ReadonlyMap<string, seedrandom.State.Alea>;
}

type Generator = seedrandom.StatefulPRNG<seedrandom.State.Alea>;

interface Stream {
  generator: Generator;
  readonly draw: RandomStream;
}

/**
 * Named random streams: a name has its own luck, whoever else draws, so that adding a draw to one
 * model leaves the numbers of all others as they were.
 *
 * Alea, because the first draws of seedrandom's xor128, xorshift7 and xorwow are correlated when
 * their names look alike.
 */
export class RandomStreams {
  #seed: string;
  readonly #streams = new Map<string, Stream>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The stream of that name; always the same function. */
  stream(name: string): RandomStream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      const created: { generator: Generator; draw: RandomStream } = {
        generator: this.#fresh(name),
        // Through the field, so that a restored state reaches whoever holds the function.
        draw: () => created.generator(),
      };
      stream = created;
      this.#streams.set(name, stream);
    }
    return stream.draw;
  }

  snapshot(): StreamsSnapshot {
    const states = new Map<string, seedrandom.State.Alea>();
    for (const [name, stream] of this.#streams) states.set(name, stream.generator.state());
    return { seed: this.#seed, states };
  }

  /**
   * Takes all streams back to where they stood; with a salt, every stream begins anew with luck of its
   * own, including those that do not exist yet. Equal seeds and salts give equal luck.
   */
  restore(snapshot: StreamsSnapshot, salt?: string): void {
    this.#seed = salt === undefined ? snapshot.seed : `${snapshot.seed}\n${salt}`;
    // A stream made after the snapshot stands at its beginning again.
    for (const [name, stream] of this.#streams) {
      if (!snapshot.states.has(name)) stream.generator = this.#fresh(name);
    }
    for (const [name, state] of snapshot.states) {
      this.stream(name);
      this.#streams.get(name)!.generator =
        salt === undefined ? seedrandom.alea("", { state }) : this.#fresh(name);
    }
  }

  #fresh(name: string): Generator {
    // The length keeps seed "a", name "b/c" apart from seed "a/b", name "c".
    return seedrandom.alea(`${this.#seed.length}:${this.#seed}/${name}`, { state: true });
  }
}
