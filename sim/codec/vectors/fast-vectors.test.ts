import { fastEngine } from "../fast-engine.ts";
import { VECTOR_SHARDS } from "./read-vectors.suite.ts";
import { testVectors } from "./vectors.suite.ts";

testVectors(
  "fast",
  fastEngine,
  VECTOR_SHARDS.filter((shards) => shards <= 100),
);
