import type { CodecEngine } from "./codec-engine.ts";
import { fastEngine } from "./fast-engine.ts";

/** The engine in use where nobody asks for another. */
export const defaultEngine: CodecEngine = fastEngine;
