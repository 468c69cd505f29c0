import { closest, distance } from "fastest-levenshtein";

/** ` (did you mean X?)` if a valid name is like the one found, else nothing. */
export function didYouMean(found: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const nearest = closest(found, names);
  // Beyond half of its letters wrong, a suggestion is a guess.
  const isNear = distance(found, nearest) <= Math.max(2, nearest.length / 2);
  return isNear ? ` (did you mean ${nearest}?)` : "";
}
