import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blobCode } from "../codec/blob-code.ts";
import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { Metadata, SymbolSlice } from "./content.ts";
import { pairsOf, valueRead } from "./mis-encoding.ts";
import type { ConsistencyCheck } from "./parameters.ts";
import { CountedPayload, type Payload } from "./payload.ts";
import { BytesPayload } from "./payload-bytes.ts";
import { Placement } from "./placement.ts";

/** A committee of `n` nodes with a shard each, and both payloads on it. */
function committee(n: number) {
  const code = blobCode({ scheme: "red-stuff", shards: n });
  const placement = new Placement({
    members: Array.from({ length: n }, (_, actor) => ({
      actor,
      name: `node-${actor}`,
      shards: [actor],
    })),
    code,
    writeQuorum: code.secondaryNeeded,
    answerQuorum: code.secondaryNeeded,
    rotationSeed: 3,
  });
  const counted = new CountedPayload(placement);
  const bytes = new BytesPayload({ code, placement, seed: 5 });
  return { n, placement, counted, bytes };
}

const committees = [4, 7, 10, 31].map(committee);

/** A committee, a cheat's blob that fills its last sliver, and two orders of the nodes. */
const cheats = fc.constantFrom(...committees).chain(({ n, placement, ...payloads }) => {
  const order = fc.shuffledSubarray([...Array(n).keys()], { minLength: n });
  return fc.record({
    placement: fc.constant(placement),
    payloads: fc.constant(payloads),
    blob: fc.integer({ min: 0, max: 1_000_000 }),
    bytes: fc.integer({ min: 1, max: 3000 }).map((size) => {
      const { primaryBytes } = placement.sizes(size);
      return Math.ceil(size / primaryBytes) * primaryBytes;
    }),
    foreign: fc
      .tuple(fc.constantFrom("primary", "secondary"), fc.nat(n - 1), fc.integer({ min: 1, max: n }))
      .map(([axis, first, count]): ForeignSlivers => {
        return { axis, first, count: Math.min(count, n - first) };
      }),
    orders: fc.tuple(order, order),
  });
});

const slicesOf = (payload: Payload, metadata: Metadata, nodes: readonly number[]) =>
  nodes.map((node) => payload.slice(metadata, 1, node, 0, 1, []));

describe("two readers of a cheat's blob, whichever slivers they got", () => {
  const both = (check: ConsistencyCheck, judge: (outcomes: string[]) => void) =>
    fc.assert(
      fc.property(cheats, ({ placement, payloads, blob, bytes, foreign, orders }) => {
        const results = orders.map((order) => {
          const nodes = order.slice(0, placement.primaryNeeded);
          const [counted, real] = [payloads.counted, payloads.bytes].map((payload) => {
            const metadata = payload.metadata(blob, bytes, foreign);
            expect(payload.verifies(metadata)).toBe(true);
            const slices = slicesOf(payload, metadata, nodes);
            for (const slice of slices) expect(payload.valid(metadata, slice)).toBe(1);
            return payload.reconstruct(metadata, slices, check);
          });
          expect(real).toBe(counted);
          const metadata = { blob, bytes, foreign };
          const slices = slicesOf(payloads.counted, metadata, nodes);
          const used = pairsOf(slices, blob, placement, placement.primaryNeeded);
          return counted === "ok" ? valueRead(metadata, used, placement) : "rejected";
        });
        judge(results);
      }),
      { numRuns: 150 },
    );

  it("both reject it if they check strictly", () => {
    both("strict", (results) => expect(results).toEqual(["rejected", "rejected"]));
  });

  it("never accept two values by the default check, though one may accept what the other rejects", () => {
    const seen = new Set<string>();
    both("default", (results) => {
      for (const result of results) expect(["committed", "rejected"]).toContain(result);
      seen.add([...new Set(results)].join());
    });
    expect(seen).toContain("committed");
    expect(seen).toContain("rejected");
    expect([...seen].some((results) => results.includes(","))).toBe(true);
  });

  it("may accept two different values if they skip the check", () => {
    const seen = new Set<number>();
    both("skip", (results) => {
      expect(results).not.toContain("rejected");
      seen.add(new Set(results).size);
    });
    expect(seen).toContain(2);
  });

  it("agree on the bytes just when arithmetic says so", () => {
    fc.assert(
      fc.property(cheats, ({ placement, payloads, blob, bytes, foreign, orders }) => {
        const code = blobCode({ scheme: "red-stuff", shards: placement.pairCount });
        const metadata = payloads.bytes.metadata(blob, bytes, foreign);
        const [one, other] = orders.map((order) => {
          const nodes = order.slice(0, placement.primaryNeeded);
          const slivers = slicesOf(payloads.bytes, metadata, nodes).flatMap(({ node, data = [] }) =>
            data.map((of, i) => ({
              axis: "primary" as const,
              index: placement.pairs(blob, node)[i]!,
              data: of,
            })),
          );
          const decoded = code.decode(slivers, bytes);
          const used = slivers.map(({ index }) => index);
          const text = decoded.ok ? decoded.blob.join() : "";
          return { text, value: valueRead(metadata, used, placement) };
        });
        expect(one!.text === other!.text).toBe(one!.value === other!.value);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a node that recovers a sliver of a cheat's blob", () => {
  const symbolsFor = (payload: Payload, metadata: Metadata, order: readonly number[], n: number) =>
    (["primary", "secondary"] as const).map((axis) => {
      const [own, ...helpers] = order as [number, ...number[]];
      const needed =
        axis === "primary" ? n - Math.floor((n - 1) / 3) : n - 2 * Math.floor((n - 1) / 3);
      return helpers.slice(0, needed).map((node): SymbolSlice => {
        const wanted = { epoch: 1, node, axis, targets: [own], first: 0, count: 1, absent: [] };
        return payload.symbols.slice(metadata, wanted);
      });
    });

  it("gets symbols that verify, and the sliver or a proof that convinces anyone", () => {
    const proofs = { yes: 0, no: 0 };
    fc.assert(
      fc.property(cheats, ({ placement, payloads, blob, bytes, foreign, orders: [order] }) => {
        const results = [payloads.counted, payloads.bytes].map((payload) => {
          const metadata = payload.metadata(blob, bytes, foreign);
          return symbolsFor(payload, metadata, order, placement.pairCount).map((slices) => {
            for (const slice of slices)
              expect(payload.symbols.verifies(metadata, slice)).toBe(true);
            const evidence = payload.symbols.recover(metadata, slices);
            if (evidence === undefined) return undefined;
            expect(payload.symbols.proves(metadata, evidence)).toBe(true);
            const { axis, target, sources } = evidence;
            return { axis, target, sources };
          });
        });
        expect(results[1]).toEqual(results[0]);
        for (const found of results[0]!) proofs[found === undefined ? "no" : "yes"]++;
      }),
      { numRuns: 100 },
    );
    expect(Math.min(proofs.yes, proofs.no)).toBeGreaterThan(10);
  });

  it("cannot convince anyone against an honest writer, nor with one symbol too few", () => {
    const { n, ...payloads } = committees[1]!;
    const order = [...Array(n).keys()];
    for (const payload of [payloads.counted, payloads.bytes]) {
      const honest = payload.metadata(1, 700);
      const [slices] = symbolsFor(payload, honest, order, n);
      expect(payload.symbols.recover(honest, slices!)).toBeUndefined();
      const cheat = payload.metadata(2, 700, { axis: "primary", first: 0, count: n });
      const [cheats] = symbolsFor(payload, cheat, order, n);
      const evidence = payload.symbols.recover(cheat, cheats!)!;
      const { sources, symbols } = evidence;
      const fewer = {
        ...evidence,
        sources: sources.slice(1),
        ...(symbols === undefined ? {} : { symbols: symbols.slice(1) }),
      };
      expect(payload.symbols.proves(cheat, evidence)).toBe(true);
      expect(payload.symbols.proves(cheat, fewer)).toBe(false);
      expect(payload.symbols.proves(honest, { ...evidence, blob: 1 })).toBe(false);
    }
  });
});
