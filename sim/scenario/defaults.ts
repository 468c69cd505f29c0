import { parameterOf } from "./parameter.ts";

const sdk = parameterOf(
  "specified",
  "MystenLabs/walrus 3c1cacc, crates/walrus-sdk/src/config",
  "2026-08",
);
const sdkClient = parameterOf(
  "specified",
  "MystenLabs/walrus 3c1cacc, walrus-sdk/src/node_client",
  "2026-08",
);
const docs = parameterOf("specified", "Walrus network reference (docs.wal.app)", "2026-08");
const figure9 = parameterOf(
  "measured",
  "Walrus whitepaper v2, figures 9 and 10 (testnet)",
  "2025-03",
);
const whitepaper = parameterOf(
  "measured",
  "Walrus whitepaper v2, section 7.1 (testnet)",
  "2025-03",
);
const nodePool = parameterOf(
  "assumed",
  "comment in MystenLabs/walrus, walrus-service/src/node/thread_pool.rs",
  "2026-08",
);
const node = parameterOf(
  "specified",
  "MystenLabs/walrus 3c1cacc, crates/walrus-service/src/node/config.rs",
  "2026-08",
);
const choice = parameterOf("specified", "a choice of this simulator", "2026-04");
const mainnet = parameterOf(
  "measured",
  "fitted to epochs 9 and 17 of mainnet: whitepaper v4, second hand; scenario mainnet-epochs",
  "2025-11",
);
const guess = (why: string) => parameterOf("assumed", why, "2026-04");
const answer = guess("no service time is published; of the order of a database's");

/** What holds for a scenario that says nothing else, with its source. Same shape as a scenario. */
export const defaults = {
  replications: choice(10),
  horizon: choice("1h"),
  warmUp: choice("0s"),
  payload: choice("counted"),
  grain: choice("node"),
  verifyReads: choice(0),
  expect: choice("met"),

  cohorts: {
    sampledWrites: choice("0%"),
    sliverTime: mainnet("0.68ms"),
    metadataTime: mainnet("340ms"),
    recoveryTime: mainnet("14.2s"),
  },

  committee: {
    nodes: whitepaper(105),
    shards: docs(1000),
    epoch: docs("14d"),
    epochAge: choice("0s"),
    epochCalls: { jitter: node("3min") },
    stakeMoved: choice("0%"),
    activeSet: parameterOf(
      "specified",
      "staking_inner.move of the package deployed on mainnet",
      "2026-08",
    )(111),
    shardSync: {
      parallel: node(10),
      batch: node(1000),
      timeout: guess("the time limit of the SDK's requests")("5min"),
      backoff: { min: node("1min"), max: node("10min") },
      giveUp: node("12h"),
      recoveryBlobs: node(100),
      metadataParallel: node(100),
    },
    stake: {
      kind: guess("no stake by node is published; equal is the plainest")("equal"),
      exponent: guess("the stake of Sui's validators falls about so, by rank")(0.5),
    },
    places: parameterOf(
      "measured",
      "Walrus whitepaper v2, figure 6: shards by region, unknown ones left out (testnet)",
      "2025-03",
    )({
      "eu-west": "40.9%",
      "us-west": "19.6%",
      "eu-east": "14.7%",
      "eu-north": "14.2%",
      "ap-southeast": "5.3%",
      "sa-east": "4.9%",
      "us-east": "0.3%",
      "ca-central": "0.1%",
    }),
    uplink: whitepaper("1Gbit/s"),
    downlink: whitepaper("1Gbit/s"),
    cores: whitepaper(16),
    serviceTime: nodePool("10ms"),
    queueLimit: nodePool("1s"),
    responseTime: {
      status: answer("20ms"),
      metadata: answer("20ms"),
      store: answer("100ms"),
      serve: answer("50ms"),
      confirm: answer("100ms"),
      perMiB: answer("0s"),
    },
    recovery: {
      enabled: node(true),
      deferral: { small: node("15s"), medium: node("30s"), large: node("2min") },
      blobSyncs: node(100),
      blobTasks: node(1000),
      sliverSyncs: node(2000),
      metadataTimeout: node("5s"),
      symbolTimeout: node("45s"),
      proofTimeout: node("5min"),
      backoff: { min: node("1s"), max: node("1h"), jitter: node("1s") },
      symbolRequests: parameterOf(
        "specified",
        "Walrus's configuration of mainnet nodes",
        "2026-08",
      )(1000),
      noticeDiskLoss: guess("an operator replaces a broken disk and lets the node recover")(true),
    },
  },

  encoding: {
    scheme: parameterOf("specified", "MystenLabs/walrus 3c1cacc, RS2", "2026-08")("red-stuff"),
  },

  client: {
    uplink: parameterOf(
      "measured",
      "AWS m5d.8xlarge, whitepaper v4 section 7",
      "2026-01",
    )("10Gbit/s"),
    downlink: parameterOf(
      "measured",
      "AWS m5d.8xlarge, whitepaper v4 section 7",
      "2026-01",
    )("10Gbit/s"),
    requestTimeout: sdk("5min"),
    connectTimeout: parameterOf(
      "specified",
      "keep-alive timeout of the SDK's HTTP client",
      "2026-08",
    )("5s"),
    backoff: { min: sdk("1s"), max: sdk("30s"), retries: sdk(5), jitter: sdk("1s") },
    nodeConnections: sdk(10),
    concurrentWrites: sdk(1000),
    dataInFlight: sdk("512MB"),
    metadataReads: sdk(3),
    statusCheck: sdkClient(true),
    statusCheckThreshold: sdk("5560B"),
    registrationDelay: sdk("200ms"),
    tail: { factor: sdk(0.5), base: sdk("500ms") },
    reuploadRounds: sdk(2),
    consistencyCheck: sdkClient("default"),
    handshakeRoundTrips: guess("TCP and TLS 1.3, one round trip each")(2),
    connectionIdle: parameterOf(
      "specified",
      "default of the SDK's HTTP client, reqwest",
      "2026-08",
    )("90s"),
    committeeRefresh: {
      every: sdk("30s"),
      nearEnd: sdk("5s"),
      near: sdk("5min"),
      grace: sdk("10s"),
    },
    committeeChangeBackoff: { min: sdkClient("1s"), max: sdkClient("5s"), retries: sdkClient(5) },
    // 1.00 s at 1 KB and 2.9 s at 130 MB.
    encodeTime: { base: figure9("1s"), perMiB: figure9("15ms") },
    decodeTime: {
      base: guess("no measurement published")("100ms"),
      perMiB: guess("as for encoding, whose arithmetic it shares")("15ms"),
    },
    checkShare: parameterOf(
      "measured",
      "this simulator's codec, 1,000 shards: 81 % at 1 KiB, 78 % at 1 MiB, 67 % at 8 MiB",
      "2026-11",
    )("75%"),
    range: { timeout: sdk("10s"), attempts: sdk(3), delay: sdk("100ms") },
  },

  network: {
    latency: parameterOf(
      "measured",
      "WonderNetwork pings of 246 cities",
      "2020-07",
    )("wonder-network"),
    jitter: parameterOf("measured", "WonderNetwork pings, mean deviation", "2020-07")(true),
    loss: guess("no measurement between these places; below 0.1 % is usual")("0%"),
  },

  ledger: {
    // 2.0 s a transaction gives the whitepaper's steps; the spread is that of ln over the five
    // published times of a certify step, 1.75 to 3.5 s.
    register: figure9({ kind: "log-normal", median: "2s", sigma: 0.3 }),
    certify: figure9({ kind: "log-normal", median: "2s", sigma: 0.3 }),
    propagation: parameterOf(
      "specified",
      "nodes poll the chain every 400 ms: walrus-service/src/node/config.rs",
      "2026-08",
    )({ kind: "uniform", from: "0s", to: "400ms" }),
  },

  challenges: {
    policy: parameterOf(
      "specified",
      "no challenge is in MystenLabs/walrus 3c1cacc, node or contracts",
      "2026-08",
    )("none"),
  },

  workload: {
    clients: parameterOf(
      "measured",
      "where the whitepaper's client stood",
      "2025-03",
    )({ "us-east": "100%" }),
    preload: { blobs: choice(0), size: choice("1MiB") },
  },
} as const;

/** The same for one element of `workload.reads`. */
export const readDefaults = {
  popularity: parameterOf(
    "measured",
    "web content, Breslau et al. 1999 and later: Zipf exponents of 0.6 to 1.0",
    "1999",
  )({ kind: "zipf", exponent: 0.8 }),
} as const;

/** The same for `misEncoding` of one element of `workload.writes`. */
export const misEncodingDefaults = {
  share: choice("100%"),
  axis: choice("primary"),
  slivers: choice(1),
  among: choice("any"),
} as const;

/** The same for `challenges`, by its policy. */
export const challengeDefaults = {
  none: {},
  light: {
    blobs: parameterOf("specified", "Walrus whitepaper v2, section 4.6", "2025-03")(640),
    period: guess("the whitepaper names none")("1d"),
    hush: guess("longer than nodes take to hear of an event, at most 400 ms")("1s"),
    deadline: guess("far longer than it takes to send the symbols")("1min"),
    late: { share: guess("no node is late")("0%"), delay: guess("no node is late")("10s") },
  },
  full: {
    period: parameterOf("specified", "once an epoch: whitepaper v2, section 4.6", "2025-03")("14d"),
    grace: guess("the whitepaper ends it at 2f + 1 certificates, with honest nodes left over")(
      "1min",
    ),
    deadline: guess("the whitepaper's is asynchronous and has none")("1d"),
    late: { share: guess("no node is late")("0%"), delay: guess("no node is late")("10s") },
  },
} as const;

/** The same for one element of `workload.surges`. */
export const surgeDefaults = { blobs: choice(1) } as const;

/** The same for one element of `committee.changes`, by its kind. */
export const changeDefaults = { leaves: { how: choice("serves") } } as const;

/** The same for one element of `faults`, by its kind. */
export const faultDefaults = {
  "crash-recover": { nodes: choice("all"), stationary: choice(true) },
  "disk-loss": { nodes: choice("all") },
  slow: { what: choice("service") },
  "region-outage": { share: choice("100%") },
  "provider-outage": { share: choice("100%") },
  restart: { nodes: choice("all") },
  partition: { to: choice("rest"), oneWay: choice(false) },
  "keep-share": { from: choice("0s") },
  liars: { from: choice("0s") },
  adaptive: {
    at: choice("0s"),
    every: guess("the time a scan of a hundred nodes may take")("1min"),
    reaction: guess("an operator at work, not at sleep")("1min"),
  },
  regime: { begins: choice("calm") },
  "small-blob-flood": { size: choice("1B") },
  link: { to: choice("rest") },
} as const;
