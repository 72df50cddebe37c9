/** JupyterLab on a copy of the project, opened in Chromium. */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { ROOT } from "../../lib/files/project_root.ts";
import { textLines } from "../../lib/files/text_lines.ts";
import { permissionsOf } from "../tasks.ts";
import { launchChromium } from "./browser.ts";

const COPIED = ["lib", "tools", "notebooks", "deno.json", "deno.lock"];
const LINKED = ["node_modules", ".venv", "data", "package.json"];
const TOKEN = "test";

/** A page of JupyterLab. */
export interface Lab extends AsyncDisposable {
  /** The copy of the project. */
  readonly root: string;
  readonly page: Page;
  /** Address of the server, with its token. */
  address(path?: string): string;
}

/**
 * Starts `deno task lab` in the profile `smoke` and opens its address.
 *
 * @param prepare changes the copy of the project before
 */
export async function openLab(
  prepare: (root: string) => Promise<void> = () => Promise.resolve(),
): Promise<Lab> {
  const root = await Deno.makeTempDir({ prefix: "ils-lab-" });
  for (const name of COPIED) {
    await cp(join(ROOT, name), join(root, name), { recursive: true });
  }
  for (const name of LINKED) {
    await Deno.symlink(join(ROOT, name), join(root, name));
  }
  await prepare(root);
  const server = await startServer(root);
  const address = (path = "") => `${server.origin}${path}?token=${TOKEN}`;
  const browser = await launchChromium();
  const viewport = { width: 1280, height: 1000 };
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(120_000);
  await page.goto(address());
  return {
    root,
    page,
    address,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.stop();
      await Deno.remove(root, { recursive: true });
    },
  };
}

async function startServer(root: string) {
  const home = join(root, "home");
  await Deno.mkdir(home);
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", ...permissionsOf("lab"), "tools/lab.ts", "--no-browser"],
      ...["--ServerApp.port=0", `--IdentityProvider.token=${TOKEN}`],
    ],
    cwd: root,
    // Its own workspaces and settings.
    env: { HOME: home, ILS_PROFILE: "smoke", JUPYTER_RUNTIME_DIR: home },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const started = Promise.withResolvers<string>();
  const logged = (async () => {
    for await (const line of textLines(child.stderr)) {
      const [origin] = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(line) ??
        [];
      if (origin !== undefined) started.resolve(origin);
    }
    started.reject(new Error("JupyterLab did not start"));
  })();
  return {
    origin: await started.promise,
    async stop() {
      child.kill("SIGTERM");
      await child.status;
      await logged;
    },
  };
}

/** Chooses an item of JupyterLab's menus. */
export async function choose(page: Page, menu: string, item: string) {
  await page.locator(".lm-MenuBar-itemLabel")
    .getByText(menu, { exact: true }).click();
  await page.locator(".lm-Menu-itemLabel")
    .getByText(item, { exact: true }).click();
}

/** The outputs of a code cell, by its position among the code cells. */
export function outputsOf(page: Page, cell: number): Locator {
  return page.locator(".jp-CodeCell").nth(cell)
    .locator(".jp-OutputArea-output");
}

/** Runs one code cell. */
export async function runCell(page: Page, cell: number) {
  await page.locator(".jp-CodeCell").nth(cell)
    .locator(".jp-InputPrompt").click();
  await page.keyboard.press("Control+Enter");
}
