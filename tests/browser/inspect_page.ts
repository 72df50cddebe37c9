/// <reference lib="dom" />
/** The page of `deno task inspect` in a browser, and what a reader does with it. */
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { inspectPage } from "../../lib/cli/inspect/inspect_page.ts";
import { type OfflinePage, openOffline } from "./browser.ts";

let written: Promise<string> | undefined;

/** Opens the page from disk, without network. */
export async function openInspect(
  options: BrowserContextOptions = {},
): Promise<OfflinePage> {
  written ??= writePage();
  return await openOffline(await written, options);
}

/** Writes the page once per process, which removes it at its end. */
async function writePage(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "ils-inspect-" });
  globalThis.addEventListener(
    "unload",
    () => Deno.removeSync(folder, { recursive: true }),
  );
  const path = join(folder, "inspect.html");
  await Deno.writeTextFile(path, await inspectPage());
  return path;
}

/** A file that a reader drops. */
export interface Dropped {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Drops files on the page. */
export async function drop(
  page: Page,
  files: readonly Dropped[],
): Promise<void> {
  const contents = files.map(({ name, bytes }) => (
    { name, text: bytes.toBase64() }
  ));
  await page.evaluate((contents) => {
    const dataTransfer = new DataTransfer();
    for (const { name, text } of contents) {
      const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    document.dispatchEvent(new DragEvent("drop", { dataTransfer }));
  }, contents);
}

/** Waits until all is measured, or something is refused. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector("#status span")!.textContent === "Done." ||
      document.querySelector("#refusal p") !== null,
    undefined,
    // Resamples take long on a machine that does much else.
    { timeout: 300_000 },
  );
}

/** Tries the example, without resamples. */
export async function tryExample(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try an example" }).click();
  await page.getByText("Settings", { exact: true }).click();
  await page.getByRole("combobox", { name: "Intervals from" })
    .selectOption("no resamples");
  await settled(page);
}

/** The lines that were refused. */
export function refusals(page: Page): Promise<string[]> {
  return page.locator("#refusal p").allInnerTexts();
}

/** Clicks a button, and returns the name and content of the file that it saves. */
export async function saved(page: Page, button: string): Promise<Dropped> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  const bytes = await Deno.readFile(await download.path());
  return { name: download.suggestedFilename(), bytes };
}
