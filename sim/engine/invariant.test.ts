import { expect, it } from "vitest";
import { InvariantError, invariant } from "./invariant.ts";

it("an invariant that holds builds no message, and one that does not ends the run", () => {
  invariant(true, () => expect.unreachable());
  expect(() => invariant(false, () => "two is three")).toThrow(InvariantError);
  expect(() => invariant(false, () => "two is three")).toThrow("two is three");
});
