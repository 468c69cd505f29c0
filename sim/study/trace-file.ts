import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { SimulatedWorld } from "../scenario/simulated-world.ts";
import { fileMistake } from "./file-mistake.ts";
import { handlerNames } from "./handler-names.ts";

const BUFFER_CHARACTERS = 1 << 20;
const EXPECTED = "a file that can be written";

/**
 * The trace of one replication: every event and every fact, a JSON object a line (NDJSON), in order.
 *
 * - an event: `{"t": 1500, "event": "wake", "argument": 7}`, written before it runs
 * - a fact it records: `{"t": 1500, "actor": "node-03", "fact": "read-started", ...details}`
 *
 * `t` is in microseconds. A file appears whole or not at all; a pipe or device is written as it goes.
 */
export class TraceFile {
  readonly #path: string;
  readonly #temporary: string;
  #file: number | undefined;
  #buffer: string[] = [];
  #buffered = 0;

  /** @throws UserMistake if the file cannot be written */
  constructor(path: string) {
    this.#path = path;
    const special = statSync(path, { throwIfNoEntry: false })?.isFile() === false;
    this.#temporary = special ? path : join(dirname(path), `.${basename(path)}-${process.pid}`);
    this.#file = this.#attempt(() => openSync(this.#temporary, "w"));
  }

  observe({ world }: SimulatedWorld): void {
    const names = handlerNames(world).map((name) => JSON.stringify(name));
    world.engine.observeEvents((time, handler, argument) => {
      this.#line(`{"t":${time},"event":${names[handler]},"argument":${argument}}\n`);
    });
    world.observeFacts(({ time, actor, fact, details }) => {
      this.#line(`${JSON.stringify({ t: time, actor: world.nameOf(actor), fact, ...details })}\n`);
    });
  }

  /** The trace is whole. @throws UserMistake */
  commit(): void {
    this.#flush();
    this.#close();
    if (this.#temporary !== this.#path) {
      this.#attempt(() => renameSync(this.#temporary, this.#path));
    }
  }

  /** Leaves nothing behind. Does nothing after {@link commit}. */
  discard(): void {
    if (this.#file === undefined) return;
    this.#close();
    if (this.#temporary !== this.#path) rmSync(this.#temporary, { force: true });
  }

  #line(line: string): void {
    this.#buffer.push(line);
    this.#buffered += line.length;
    if (this.#buffered > BUFFER_CHARACTERS) this.#flush();
  }

  #flush(): void {
    const file = this.#file!;
    const bytes = new TextEncoder().encode(this.#buffer.join(""));
    this.#buffer = [];
    this.#buffered = 0;
    this.#attempt(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
  }

  #close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw fileMistake(error, this.#path, EXPECTED);
    }
  }
}
