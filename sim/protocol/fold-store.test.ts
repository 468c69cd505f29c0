import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold } from "./fold-store.ts";
import {
  addMetadata,
  addShard,
  addSlivers,
  dropShard,
  hasMetadata,
  heldCount,
  lackingPairs,
  loseShards,
  newSliverStore,
  type SliverStore,
  storedShards,
  wipe,
} from "./sliver-store.ts";

const preloaded = 3;
const shardCount = 6;
const metadata = (blob: number) => ({ blob, bytes: 1000 });

type Step = (store: SliverStore) => void;

const blob = fc.nat({ max: preloaded + 1 });
const shard = fc.nat({ max: shardCount - 1 });
const axis = fc.constantFrom("primary", "secondary", undefined);

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(blob, axis, shard).map(([of, on, where]) => (store: SliverStore) => {
    addMetadata(store, metadata(of));
    addSlivers(store, metadata(of), on, [where]);
  }),
  // Often of all that came with the world, as a sync brings them.
  fc.tuple(axis, shard).map(([on, where]) => (store: SliverStore) => {
    for (let of = 0; of < preloaded; of++) {
      addMetadata(store, metadata(of));
      addSlivers(store, metadata(of), on, [where]);
    }
  }),
  shard.map((gained) => (store: SliverStore) => addShard(store, gained)),
  shard.map((lost) => (store: SliverStore) => dropShard(store, lost)),
  shard.map((lost) => (store: SliverStore) => {
    loseShards(
      store,
      storedShards(store).filter((each) => each === lost),
    );
  }),
  fc.constant((store: SliverStore) => wipe(store)),
);

function contents(store: SliverStore) {
  const shards = storedShards(store);
  return [...Array(preloaded + 2).keys()].map((of) => [
    hasMetadata(store, of),
    lackingPairs(store, of, shards),
    shards.map((each) => heldCount(store, of, "primary", [each])),
    shards.map((each) => heldCount(store, of, "secondary", [each])),
  ]);
}

describe("a store whose entries are folded", () => {
  it("holds what it held, whatever comes and goes", () => {
    fc.assert(
      fc.property(fc.array(shard), fc.array(step, { maxLength: 30 }), (first, steps) => {
        const shards = [...new Set(first)];
        const [plain, folded] = [0, 1].map(() => newSliverStore(preloaded, shards, shardCount)) as [
          SliverStore,
          SliverStore,
        ];
        for (const take of steps) {
          take(plain);
          take(folded);
          fold(folded, preloaded);
          expect(contents(folded)).toEqual(contents(plain));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has no entry for each blob of a shard that has come whole, nor of a disk that was filled again", () => {
    const store = newSliverStore(preloaded, [0, 1], shardCount);
    const fill = (shards: readonly number[]) => {
      for (let of = 0; of < preloaded; of++) {
        addMetadata(store, metadata(of));
        addSlivers(store, metadata(of), undefined, shards);
      }
      fold(store, preloaded);
    };
    addShard(store, 4);
    fill([4]);
    expect(store.holdings.size).toBe(0);
    wipe(store);
    fill([0, 1, 4]);
    expect(store.holdings.size).toBe(0);
    expect(heldCount(store, 2, "secondary", [0, 1, 4])).toBe(3);
  });
});
