import { fastEngine } from "../fast-engine.ts";
import { plainEngine } from "../plain-engine.ts";
import { testVectors } from "./vectors.suite.ts";

testVectors("fast", fastEngine, [1000]);
// The plain engine takes half a minute for each such blob, so it has to do with one.
testVectors("plain", plainEngine, [1000], ({ blob }) => blob.size === 1024);
