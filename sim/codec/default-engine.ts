import type { CodecEngine } from "./codec-engine.ts";
import { plainEngine } from "./plain-engine.ts";

/** The engine in use where nobody asks for another. */
export const defaultEngine: CodecEngine = plainEngine;
