/** A mistake of ours: the run ends, and what it has computed so far is not to be believed. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

/**
 * Ends the run unless `holds`. For bugs of ours alone: a fault of the simulated world is data, and a
 * user's mistake is reported before the run. The message is built only when it is needed.
 *
 * @throws InvariantError
 */
export function invariant(holds: boolean, message: () => string): asserts holds {
  if (!holds) throw new InvariantError(message());
}
