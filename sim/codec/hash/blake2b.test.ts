import { describe, expect, it } from "vitest";
import { toHex } from "../bytes.ts";
import { blake2b256 } from "./blake2b.ts";

// Computed with hashlib.blake2b(message, digest_size=32) of Python 3, except for the first, which
// the specification of the codec names too. Messages are the bytes i mod 251.
const DIGESTS = [
  { bytes: 0, digest: "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8" },
  { bytes: 127, digest: "f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72" },
  { bytes: 128, digest: "c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1" },
  { bytes: 129, digest: "f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9" },
  { bytes: 256, digest: "582f782226018ec33076bd8d1c42413530ac7e1126260ffc0f306ba3befc3f24" },
  { bytes: 1000, digest: "b372d0608f720c8c3dd41e9c8eecb10143b41abe520b616607e754bf79c08331" },
];

const message = (bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => i % 251);

describe("BLAKE2b-256", () => {
  it.each(DIGESTS)("of $bytes bytes", ({ bytes, digest }) => {
    expect(toHex(blake2b256(message(bytes)))).toBe(digest);
  });

  it("of the RFC's three letters", () => {
    expect(toHex(blake2b256(new TextEncoder().encode("abc")))).toBe(
      "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
    );
  });

  it("does not depend on how the message is cut", () => {
    const whole = message(300);
    for (const cut of [0, 1, 127, 128, 129, 256, 300]) {
      expect(blake2b256(whole.subarray(0, cut), whole.subarray(cut))).toEqual(blake2b256(whole));
    }
  });
});
