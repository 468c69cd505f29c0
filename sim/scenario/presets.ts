import { type Basis, type Parameter, parameterOf } from "./parameter.ts";

/** Settings that belong together. Each is a path of a scenario and what is known of its value. */
export interface Preset {
  readonly summary: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}

const whitepaper4 = "Walrus whitepaper v4 (CCS '26), section 7, by way of a third party's notes";
const walrusDocs = parameterOf("specified", "Walrus network reference (docs.wal.app)", "2026-08");
const sdkPreset = parameterOf(
  "specified",
  "MystenLabs/walrus 3c1cacc, crates/walrus-sdk/src/config: presets",
  "2026-08",
);
const assumed = (why: string): (<const V>(value: V) => Parameter<V>) =>
  parameterOf("assumed", why, "2026-04");
const measured = (source: string, date: string) => parameterOf("measured", source, date);

const lanl = measured(
  "23,739 repairs at Los Alamos 1996-2005, log-normal fit: churn-fits-measured.csv",
  "2005",
);
const csm = (value: string, how: string, basis: Basis = "measured") =>
  parameterOf(
    basis,
    `median availability 0.9989 of 182 Ethereum operators: ethereum-operators-availability.csv; ${how}`,
    "2024-11",
  )(value);

/** All presets: two networks, two kinds of weather, and clients other than the usual. */
export const presets: Readonly<Record<string, Preset>> = {
  mainnet: {
    summary:
      "Walrus mainnet, 2026: a flat committee at the places and providers of Sui's validators",
    parameters: {
      "committee.nodes": assumed(
        "Sui's validators stand in: 2 to 30 shards a node, median 8, where mainnet has 4 to 26, median 7",
      )("data/sui-validators-committee.csv"),
      "committee.shards": walrusDocs(1000),
      "committee.epoch": walrusDocs("14d"),
      "committee.uplink": measured(`${whitepaper4}: the typical node`, "2026-07")("1Gbit/s"),
      "committee.downlink": measured(`${whitepaper4}: the typical node`, "2026-07")("1Gbit/s"),
    },
  },
  testnet: {
    summary:
      "Walrus testnet, March 2025: 105 nodes, half of them with 18 shards, the rest with one",
    parameters: {
      "committee.nodes": measured(
        "Walrus whitepaper v2, figures 6 and 7 and its two quorum sizes; places partly assumed",
        "2025-03",
      )("data/walrus-testnet-committee.csv"),
      "committee.shards": walrusDocs(1000),
      "committee.epoch": walrusDocs("1d"),
    },
  },
  calm: {
    summary: "Good operators: each node up 99.89 % of the time, on its own",
    parameters: {
      "faults[0].kind": assumed("nodes fail independently in good weather")("crash-recover"),
      "faults[0].timeToFailure": {
        // Mean 2640 h, which with a mean repair of 2.9 h gives 0.9989; shape as at Los Alamos.
        ...csm("", "scaled to it, with the Weibull shape of Los Alamos"),
        value: { kind: "weibull", shape: 0.488, scale: "52d" },
      },
      "faults[0].timeToRepair": lanl({ kind: "log-normal", median: "62min", sigma: 1.44 }),
      "network.loss": assumed("between data centres; published values are 0.01 % to 0.1 %")(
        "0.01%",
      ),
    },
  },
  war: {
    summary: "A tenth of the nodes down, a tenth lying, a tenth slow, and 1 % of the messages lost",
    parameters: {
      "faults[0].kind": assumed("nodes fail independently")("crash-recover"),
      "faults[0].timeToFailure": measured(
        "5 to 16 of about 100 mainnet nodes down at once, as one client saw: a tenth, with this repair",
        "2026-01",
      )("26h"),
      "faults[0].timeToRepair": lanl({ kind: "log-normal", median: "62min", sigma: 1.44 }),
      "faults[1].kind": assumed("an adversary of a third of its tolerated size")("liars"),
      "faults[1].nodes": assumed("an adversary of a third of its tolerated size")({ share: "10%" }),
      "faults[1].behaviour": assumed("the lie that costs readers most")("wrong-bytes"),
      "faults[2].kind": assumed("overloaded or badly kept nodes")("slow"),
      "faults[2].nodes": assumed("overloaded or badly kept nodes")({ share: "10%" }),
      "faults[2].at": assumed("from the start")("0s"),
      "faults[2].lasts": assumed("to the end")("52w"),
      "faults[2].factor": assumed("a disk or processor shared with others")(10),
      "network.loss": assumed("between the classes 0.1 % and 5 % of Ethereum's simulator")("1%"),
    },
  },
  "client-conservative": {
    summary: "Walrus's client with its conservative limits, those of early 2025",
    parameters: {
      "client.concurrentWrites": sdkPreset(500),
      "client.dataInFlight": sdkPreset("12.5MB"),
    },
  },
  "client-aggressive": {
    summary: "Walrus's client with its aggressive limits",
    parameters: {
      "client.concurrentWrites": sdkPreset(2000),
      "client.dataInFlight": sdkPreset("1.25GB"),
    },
  },
};
