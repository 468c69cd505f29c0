import packageJson from "../../package.json" with { type: "json" };

declare const FLOE_CODE_DIGEST: string | undefined;

const codeDigest = typeof FLOE_CODE_DIGEST === "undefined" ? "source" : FLOE_CODE_DIGEST;

/**
 * Version and digest of the code, such as `0.1.0+5e1f09ab33c2`. A stored result is reused only by
 * the very code that made it. Run from source, as by tests, the digest is `source`.
 */
export const simulatorVersion = `${packageJson.version}+${codeDigest}`;
