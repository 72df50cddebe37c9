/// <reference lib="dom" />
import {
  type Browser,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

/** Programs that may be Chromium, in order of preference. */
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome"];

/** Path of Chromium, or undefined if it is not installed. */
export const CHROMIUM = findChromium();

/** A page in a browser that has no network. */
export interface OfflinePage extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the console and of scripts, and addresses that were requested. */
  readonly problems: string[];
}

/**
 * Opens a file from disk, in a browser without network.
 *
 * @param options such as `viewport` or `colorScheme`
 */
export async function openOffline(
  path: string,
  options: BrowserContextOptions = {},
): Promise<OfflinePage> {
  const browser = await launchChromium();
  const context = await browser.newContext({ ...options, offline: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("request", (request) => {
    const address = request.url();
    if (address !== `file://${path}` && !/^(data|blob):/.test(address)) {
      problems.push(`requested ${address}`);
    }
  });
  await page.goto(`file://${path}`);
  return {
    page,
    problems,
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** Starts Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM!,
    // Chromium's sandbox does not run as root, as in containers.
    chromiumSandbox: Deno.uid() !== 0,
  });
}

/** Waits until a page has drawn what its controls ask for. */
export async function drawn(page: Page): Promise<void> {
  // A change is drawn in the next frame.
  for (let frame = 0; frame < 2; frame++) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

/** Whether a page is wider than its window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}

function findChromium(): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  return PROGRAMS.flatMap((name) =>
    folders.map((folder) => `${folder}/${name}`)
  )
    .find((path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    });
}
