import { expect, it } from "vitest";
import { AN_EVENING, gossipWorld } from "./gossip.fixture.ts";
import { World } from "./world.ts";

// Not a matter of right or wrong: these move whenever the order of events, the luck of a stream or the
// digest itself changes. Then they are moved in the same commit, which says why.
it("the evening of gossip has the digests it has always had", () => {
  const world = new World(gossipWorld("golden"));
  world.runUntil(AN_EVENING);

  expect(world.eventDigest).toBe("322354627064ed48");
  expect(world.factDigest).toBe("614eead678686bf6");
});
