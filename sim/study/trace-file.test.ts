import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tinyWorld } from "./tiny-world.fixture.ts";
import { TraceFile } from "./trace-file.ts";

let place = "";

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "floe-trace-"));
});

afterEach(() => rmSync(place, { recursive: true }));

describe("a trace", () => {
  it("has a line for every event and every fact, in order", () => {
    const path = join(place, "trace.ndjson");
    const trace = new TraceFile(path);
    const simulated = tinyWorld();
    trace.observe(simulated);
    simulated.run();
    trace.commit();

    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    const parsed = lines.map((line) => JSON.parse(line));
    const events = parsed.filter((line) => line.event !== undefined);
    expect(events).toHaveLength(simulated.world.engine.eventCount);
    expect(parsed[0]).toEqual({ t: 0, event: "start", argument: 0 });
    const at = parsed.findIndex((line) => line.fact === "ticked");
    expect(parsed[at]).toMatchObject({ t: 100_000, actor: "clock", tick: 10 });
    expect(parsed[at - 1]).toMatchObject({ t: 100_000, event: "wake" });
  });

  it("changes no digest", () => {
    const [traced, plain] = [tinyWorld(), tinyWorld()];
    const trace = new TraceFile(join(place, "trace.ndjson"));
    trace.observe(traced);
    traced.run();
    trace.commit();
    plain.run();
    expect(traced.world.eventDigest).toBe(plain.world.eventDigest);
    expect(traced.world.factDigest).toBe(plain.world.factDigest);
  });

  it("leaves nothing behind if the run does not end", () => {
    const trace = new TraceFile(join(place, "trace.ndjson"));
    trace.observe(tinyWorld());
    trace.discard();
    expect(readdirSync(place)).toEqual([]);
  });

  it("is a mistake of the user where it cannot be written", () => {
    expect(() => new TraceFile(join(place, "none/trace.ndjson"))).toThrow(
      /expected a file that can be written, found: no such file or folder/,
    );
    const full = new TraceFile("/dev/full");
    const simulated = tinyWorld();
    full.observe(simulated);
    simulated.run();
    expect(() => full.commit()).toThrow(
      "/dev/full: expected a file that can be written, found: no",
    );
    full.discard();
  });
});
