import { existsSync } from "node:fs";
import { env } from "node:process";
import { type Browser, chromium } from "playwright-core";

const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A real Chromium without a window and without a network. */
export async function openBrowser(): Promise<Browser> {
  const wanted = env.FLOE_CHROMIUM === undefined ? usualPlaces : [env.FLOE_CHROMIUM];
  const executablePath = wanted.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(`no Chromium at ${wanted.join(", ")}: name yours in FLOE_CHROMIUM`);
  }
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
