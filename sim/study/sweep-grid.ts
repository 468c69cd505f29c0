/** One `--vary path=a,b,c`: a scenario's field, and the values it takes in turn, as texts. */
export interface Variation {
  readonly path: string;
  readonly values: readonly string[];
}

/** One point of the grid: a value for each path varied, in the order in which they were given. */
export type GridPoint = readonly { readonly path: string; readonly value: string }[];

/** Reads `path=a,b,c`; what is wrong with it goes to `mistakes`. Commas inside brackets or quotes stay. */
export function parseVariation(text: string, mistakes: string[]): Variation | undefined {
  const at = text.indexOf("=");
  const path = text.slice(0, at).trim();
  const values = at < 0 ? [] : splitOutsideBrackets(text.slice(at + 1));
  if (path === "" || values.length === 0 || values.includes("")) {
    mistakes.push(`--vary: expected path=value,value,..., found ${text}`);
    return undefined;
  }
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    mistakes.push(`--vary ${path}: expected different values, found ${twice} twice`);
    return undefined;
  }
  return { path, values };
}

/** Every combination of the values; the path given last changes fastest. */
export function gridPoints(variations: readonly Variation[]): GridPoint[] {
  let points: GridPoint[] = [[]];
  for (const { path, values } of variations) {
    points = points.flatMap((point) => values.map((value) => [...point, { path, value }]));
  }
  return points;
}

function splitOutsideBrackets(text: string): string[] {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (!quoted && "[{(".includes(character)) depth++;
    if (!quoted && "]})".includes(character)) depth--;
    if (character === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
