import { styleText } from "node:util";

type Tone = "good" | "bad" | "unsure" | "faint" | "strong";

const styles = {
  good: "green",
  bad: "red",
  unsure: "yellow",
  faint: "gray",
  strong: "bold",
} as const;

/** Whether a stream takes colour: a terminal, and nobody asked for none (no-color.org). */
function takesColour(stream: NodeJS.WriteStream): boolean {
  const refused = process.env.NO_COLOR !== undefined && process.env.NO_COLOR !== "";
  return stream.isTTY === true && !refused && process.env.TERM !== "dumb";
}

/** The text in colour on a terminal that takes it, else as it is. */
export function tint(
  text: string,
  tone: Tone,
  stream: NodeJS.WriteStream = process.stdout,
): string {
  return takesColour(stream) ? styleText(styles[tone], text) : text;
}

/** Columns for text: those of the terminal, at most 120, and 80 where there is none. */
export function columns(): number {
  return Math.max(40, Math.min(process.stdout.columns ?? 80, 120));
}

/**
 * Breaks text into lines of at most `width` columns, at spaces where there are any, and indents each
 * line but the first. Spaces at the begin stay.
 */
export function wrap(text: string, width = columns(), indent = ""): string {
  const [first = "", ...rest] = text.split(/(?<=\S)\s+/);
  const [start = "", ...parts] = partsOf(width)(first);
  const lines = [start];
  for (const word of [...parts, ...rest.flatMap(partsOf(width - indent.length))]) {
    const line = lines.at(-1)!;
    if (visibleLength(line) + 1 + visibleLength(word) <= width)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(indent + word);
  }
  return lines.join("\n");
}

/** A word in parts that fit: a long path or list has no spaces. Colour codes are never cut. */
const partsOf = (width: number) => (word: string) =>
  visibleLength(word) <= width || word.search(colours) >= 0
    ? [word]
    : (word.match(new RegExp(`.{1,${width}}`, "gs")) ?? []);

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

/** Columns that a text takes, colour codes left out. */
export function visibleLength(text: string): number {
  return text.replaceAll(colours, "").length;
}

/** One line to standard output. */
export function print(text = ""): void {
  process.stdout.write(`${text}\n`);
}

/** One line to standard error. */
export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What a machine reads: one JSON document on standard output. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, undefined, 2));
}
