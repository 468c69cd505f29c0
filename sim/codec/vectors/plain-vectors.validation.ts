import { plainEngine } from "../plain-engine.ts";
import { testVectors } from "./vectors.suite.ts";

testVectors(plainEngine, [1000]);
