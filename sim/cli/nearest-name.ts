import { nearest } from "../scenario/nearest.ts";

/** ` (did you mean X?)` if a valid name is like the one found, else nothing. */
export function didYouMean(found: string, names: readonly string[]): string {
  const name = nearest(found, names);
  return name === undefined ? "" : ` (did you mean ${name}?)`;
}
