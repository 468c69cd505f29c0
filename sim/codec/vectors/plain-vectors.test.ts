import { plainEngine } from "../plain-engine.ts";
import { VECTOR_SHARDS } from "./read-vectors.suite.ts";
import { testVectors } from "./vectors.suite.ts";

testVectors(
  "plain",
  plainEngine,
  VECTOR_SHARDS.filter((shards) => shards <= 100),
);
