import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Html, trusted } from "./html.ts";

/** In the order in which they need each other. */
const bundles = [
  { name: "vega", file: "vega.min.js" },
  { name: "vega-lite", file: "vega-lite.min.js" },
  { name: "vega-embed", file: "vega-embed.min.js" },
];

/** Vega's own builds for browsers, from the installed packages, as text for a script element. */
export function vegaBundles(): Html[] {
  const { resolve } = createRequire(import.meta.url);
  return bundles.map(({ name, file }) => {
    const text = readFileSync(join(dirname(resolve(name)), file), "utf8");
    // No text of a script may end its element, nor name a map that is not there.
    return trusted(
      text.replaceAll("</script", "<\\/script").replace(/\n\/\/# sourceMappingURL.*/, ""),
    );
  });
}
