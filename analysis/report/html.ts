/** Text that is HTML already. Everything else is escaped on its way into a page. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | undefined | readonly Part[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A template whose values are escaped, unless they are HTML already; lists are joined. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const whole = texts.reduce((page, text, index) => page + textOf(parts[index - 1]) + text);
  return { html: whole };
}

/** For what another program wrote as HTML or SVG. */
export const trusted = (text: string): Html => ({ html: text });

/** A value as JSON inside a script element, where no text of it can end the element. */
export const jsonInScript = (value: unknown): Html =>
  trusted(JSON.stringify(value).replaceAll("<", "\\u003c"));

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (isList(part)) return part.map(textOf).join("");
  if (typeof part === "object") return part.html;
  return String(part).replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}

const isList = (part: Part): part is readonly Part[] => Array.isArray(part);
