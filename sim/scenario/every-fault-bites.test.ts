import { describe, expect, it } from "vitest";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { Fault, ScenarioInput } from "./scenario.ts";
import { faultField } from "./schema/faults.ts";

type Faults = NonNullable<ScenarioInput["faults"]>;

/** A fault by its kind, liars by what they do. */
const nameOf = (fault: Pick<Fault, "kind"> & { readonly behaviour?: unknown }) =>
  fault.kind === "liars" ? `liars/${fault.behaviour}` : fault.kind;

/** All that a scenario may list. */
function everyFault(): string[] {
  return faultField({}).options.flatMap(({ shape }) => {
    const kind = shape.kind.value;
    if (kind !== "liars" || !("behaviour" in shape)) return [kind];
    return shape.behaviour.options[0].options.map((behaviour) => `liars/${behaviour}`);
  });
}

/** Which of the faults changed something that somebody met. */
function bitten(fields: Partial<ScenarioInput> & { readonly faults: Faults }): string[] {
  const scenario = smallScenario(fields);
  const simulated = buildWorld(scenario, 0, {});
  const found = new Set<string>();
  simulated.world.observeFacts(({ fact, details }) => {
    if (fact !== "fault-bit") return;
    const struck = scenario.faults[details.fault as number];
    if (struck !== undefined) found.add(nameOf(struck));
  });
  simulated.run();
  return [...found].sort();
}

const namesOf = (faults: Faults) => [...new Set(faults.map(nameOf))].sort();

const four = { count: 4, by: "random" } as const;

const accidents: Faults = [
  { kind: "crash-recover", timeToFailure: "1min", timeToRepair: "10s" },
  { kind: "crash", nodes: { count: 1 }, at: "5s" },
  { kind: "disk-loss", nodes: { count: 2 }, at: "10s" },
  { kind: "slow", nodes: four, at: "10s", lasts: "60s", factor: 5 },
  { kind: "slow", nodes: four, at: "10s", lasts: "60s", factor: 5, what: "network" },
  { kind: "region-outage", region: "north", at: "60s", lasts: "5s" },
  { kind: "provider-outage", provider: "big", at: "70s", lasts: "5s" },
  { kind: "restart", at: "80s", within: "10s", downtime: "3s" },
  { kind: "partition", from: { region: "south" }, at: "95s", lasts: "5s" },
  { kind: "keep-share", nodes: { count: 1 }, keeps: "50%" },
  { kind: "link", from: "clients", at: "20s", lasts: "20s", loss: "20%" },
];

const malice: Faults = [
  { kind: "liars", nodes: { count: 1 }, behaviour: "wrong-bytes" },
  { kind: "liars", nodes: { count: 1 }, behaviour: "withhold", lasts: "60s" },
  { kind: "liars", nodes: { count: 1 }, behaviour: "sign-without-storing" },
  { kind: "liars", nodes: { count: 1 }, behaviour: "delay", margin: "1s" },
  { kind: "flap", nodes: { count: 2 }, at: "10s", lasts: "60s", up: "3s", down: "3s" },
  { kind: "eclipse", client: "north", liars: { share: "40%" }, at: "20s", lasts: "10s" },
  { kind: "adaptive", budget: "20%", watches: "margin", does: "crash", every: "5s" },
  { kind: "registration-spam", at: "20s", lasts: "20s", rate: "2/s" },
  { kind: "small-blob-flood", client: "south", at: "20s", lasts: "20s", rate: "1/s" },
  {
    kind: "regime",
    calm: "20s",
    war: "10s",
    faults: [{ kind: "crash", nodes: { count: 1 }, at: "1s" }],
  },
];

const atHandovers: Faults = [
  { kind: "liars", nodes: "all", behaviour: "refuse-handover" },
  { kind: "liars", nodes: "all", behaviour: "attest-falsely" },
];

const epochs: Partial<ScenarioInput> = {
  horizon: "12min",
  committee: {
    nodes: 10,
    shards: 40,
    epoch: "4min",
    stakeMoved: "30%",
    places: { north: "100%" },
  },
  workload: {
    clients: { north: "100%" },
    preload: { blobs: 20, size: "20KiB" },
    writes: { rate: "2/min", size: "20KiB" },
  },
};

describe("every fault of the catalogue", () => {
  it("is in one of these runs", () => {
    expect(namesOf([...accidents, ...malice, ...atHandovers])).toEqual(everyFault().sort());
  });

  it.each([
    { what: "accidents", fields: { faults: accidents } },
    { what: "malice", fields: { faults: malice } },
    { what: "what liars do as epochs change", fields: { ...epochs, faults: atHandovers } },
  ])("bites, by messages: $what", ({ fields }) => {
    expect(bitten(fields)).toEqual(namesOf(fields.faults));
  });

  it("bites, in cohorts, what liars do as epochs change", () => {
    const fields = {
      ...epochs,
      grain: "cohort" as const,
      horizon: "60d" as const,
      committee: {
        nodes: 10,
        shards: 40,
        epoch: "14d" as const,
        stakeMoved: "30%" as const,
        places: { north: "100%" as const },
      },
      faults: atHandovers,
    };
    expect(bitten(fields)).toEqual(namesOf(atHandovers));
  });
});
