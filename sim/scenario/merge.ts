/** Plain data, as a scenario's input is. */
export type Data = { [key: string]: unknown };

export const isData = (value: unknown): value is Data =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// Shares sum to one, so they are given all at once.
const whole = new Set(["places", "providers", "clients"]);

/**
 * `over` laid over `base`, object by object; lists are taken whole. An object that says another
 * `kind` (or `scheme`) replaces what was there, since its other fields mean something else.
 */
export function mergeInput(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isData(base) || !isData(over)) return over;
  if (base.kind !== over.kind || base.scheme !== over.scheme) {
    const saysKind = over.kind !== undefined || over.scheme !== undefined;
    if (saysKind) return over;
  }
  const merged: Data = { ...base };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = whole.has(key) ? value : mergeInput(base[key], value);
  }
  return merged;
}
