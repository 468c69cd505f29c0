import { closest, distance } from "fastest-levenshtein";

/** The valid name that is most like the one found, if any is like it at all. */
export function nearest(found: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const same = names.find((name) => name.toLowerCase() === found.toLowerCase());
  if (same !== undefined) return same;
  const name = closest(found, names);
  // Beyond half of its letters wrong, a suggestion is a guess.
  return distance(found, name) <= Math.max(2, name.length / 2) ? name : undefined;
}
