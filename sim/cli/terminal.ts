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

/** Breaks text at spaces into lines of at most `width` columns, each but the first indented. */
export function wrap(text: string, width = columns(), indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines.join("\n");
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
