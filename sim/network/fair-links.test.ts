import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EntryId, FairLinks } from "./fair-links.ts";

const LINK = 0;

function linkOf(rate: number): FairLinks {
  const links = new FairLinks();
  links.add(LINK, rate);
  return links;
}

/** All flows that have ended by then, in order, each with its end. */
function endedBy(links: FairLinks, now: number): [EntryId, number][] {
  const ended: [EntryId, number][] = [];
  for (;;) {
    const entry = links.takeEnded(LINK, now);
    if (entry < 0) return ended;
    ended.push([entry, links.endedAt]);
  }
}

describe("a fairly shared link", () => {
  it("ends flows of one end in order of joining", () => {
    const links = linkOf(1);
    const entries = [7, 3, 9, 0, 5, 2, 8, 1, 6, 4];
    for (const entry of entries) links.join(LINK, entry, 100, 0);
    expect(endedBy(links, 1e9).map(([entry]) => entry)).toEqual(entries);
  });

  it("says whether a flow that joins is the next to end", () => {
    const links = linkOf(1);
    expect(links.join(LINK, 0, 100, 0)).toBe(true);
    expect(links.join(LINK, 1, 100, 0)).toBe(false);
    expect(links.join(LINK, 2, 99, 0)).toBe(true);
    expect(links.nextEnd(LINK)).toBe(297);
    expect(links.remaining(LINK, 2, 0)).toBe(297);
    expect(links.remaining(LINK, 2, 100)).toBe(197);
  });

  it("has nothing to end when it is idle", () => {
    const links = linkOf(1);
    expect(links.nextEnd(LINK)).toBe(Infinity);
    expect(links.takeEnded(LINK, 1e9)).toBe(-1);
  });

  it("does not round a whole microsecond up to the next one", () => {
    // 7 flows of 3 bytes at 0.3 a microsecond: 70 µs, though 0.3 is not a double.
    const links = linkOf(0.3);
    for (let entry = 0; entry < 7; entry++) links.join(LINK, entry, 3, 0);
    for (let now = 1; now < 70; now++) links.setRate(LINK, 0.3, now);
    expect(new Set(endedBy(links, 1e9).map(([, end]) => end))).toEqual(new Set([70]));
  });

  it.each([
    ["ended", (links: FairLinks) => endedBy(links, 2e12)],
    ["been taken off", (links: FairLinks) => links.remove(LINK, 0, 1e12 - 1)],
  ])(
    "forgets what it has served once all have %s, and with it what doubles cannot hold",
    (_, end) => {
      const links = linkOf(1e6);
      links.join(LINK, 0, 1e18, 0); // The neighbouring double is 128 bytes further.
      end(links);
      links.setRate(LINK, 1, 2e12);
      links.join(LINK, 1, 3, 2e12);
      expect(endedBy(links, 3e12)).toEqual([[1, 2e12 + 3]]);
    },
  );

  it("refuses a rate at which nothing would ever end", () => {
    expect(() => linkOf(0)).toThrow("above 0, found 0");
  });
});

describe("flows that join and are taken off at any time", () => {
  const deed = fc.record({
    after: fc.constantFrom(0, 1, 10, 100),
    bytes: fc.oneof(fc.constantFrom(100, 250), fc.integer({ min: 1, max: 9_999 })),
    remove: fc.option(fc.nat(20)),
  });

  it("end as in a plain reference that serves each of them step by step", () => {
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 60 }), (deeds) => {
        const links = linkOf(3);
        const reference = new Map<EntryId, number>(); // Bytes left, in order of joining.
        const found: [EntryId, number][] = [];
        const expected: [EntryId, number][] = [];
        let now = 0;
        const pass = (until: number) => {
          found.push(...endedBy(links, until));
          while (reference.size > 0) {
            const least = Math.min(...reference.values());
            const step = Math.min(until - now, (least * reference.size) / 3);
            const served = (step * 3) / reference.size;
            now += step;
            for (const [entry, left] of reference) {
              reference.set(entry, left - served);
              if (left - served > 1e-7) continue;
              reference.delete(entry);
              expected.push([entry, now]);
            }
            if (now >= until - 1e-7) break;
          }
          now = until;
        };
        deeds.forEach(({ after, bytes, remove }, entry) => {
          pass(now + after);
          const removed = remove === null ? undefined : [...reference.keys()][remove];
          if (removed !== undefined) {
            links.remove(LINK, removed, now);
            reference.delete(removed);
          }
          links.join(LINK, entry, bytes, now);
          reference.set(entry, bytes);
        });
        pass(1e7);
        expect(found.map(([entry]) => entry)).toEqual(expected.map(([entry]) => entry));
        found.forEach(([, end], index) => {
          expect(end).toBeGreaterThan(expected[index]![1] - 1e-3);
          expect(end).toBeLessThan(expected[index]![1] + 1 + 1e-3);
        });
      }),
      { numRuns: 300 },
    );
  });
});
