/**
 * The portable modules, bundled and run in Node and in headless Chromium, give the
 * same results as in Deno.
 */
import { strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { ROOT } from "../../lib/files/project_root.ts";
import { packageConfig } from "../../tools/package_modules.ts";
import "./portable_program.ts";

const PROGRAM = fileURLToPath(new URL("portable_program.ts", import.meta.url));
const EXPECTED = (globalThis as unknown as { answer: string }).answer;
const NODE = await firstOf(["node"]);
const CHROMIUM = await firstOf([
  ...["chromium", "chromium-browser", "google-chrome"],
]);

Deno.test({
  name: "the portable modules give the same results in Node",
  ignore: NODE === undefined,
  async fn() {
    await using bundle = await bundled();
    const script = join(bundle.folder, "run.mjs");
    await Deno.writeTextFile(
      script,
      'import "./bundle.mjs"; console.log(globalThis.answer);',
    );
    strictEqual((await output(NODE!, [script])).trim(), EXPECTED);
  },
});

Deno.test({
  name: "the portable modules give the same results in Chromium",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using bundle = await bundled();
    const page = join(bundle.folder, "page.html");
    // Inline, because a browser loads no modules from files.
    await Deno.writeTextFile(
      page,
      `<!doctype html><pre></pre><script type="module">${bundle.text}
document.querySelector("pre").textContent = globalThis.answer;</script>`,
    );
    const dom = await output(CHROMIUM!, [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      `--user-data-dir=${bundle.folder}/profile`,
      "--virtual-time-budget=10000",
      "--dump-dom",
      `file://${page}`,
    ]);
    strictEqual(/<pre>(.*?)<\/pre>/s.exec(dom)?.[1], EXPECTED);
  },
});

/** Bundles the program and its imports as one module in a temporary folder. */
async function bundled() {
  const { name, exports } = await packageConfig();
  const folder = await Deno.makeTempDir({ prefix: "ils-bundle-" });
  const outfile = join(folder, "bundle.mjs");
  await build({
    entryPoints: [PROGRAM],
    bundle: true,
    format: "esm",
    platform: "neutral",
    outfile,
    alias: Object.fromEntries(
      Object.entries(exports).map(([key, path]) => [
        key.replace(".", name),
        join(ROOT, path),
      ]),
    ),
    logLevel: "error",
  });
  await stop();
  return {
    folder,
    text: await Deno.readTextFile(outfile),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function output(program: string, args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command(program, {
    args,
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

/** Returns the first program that starts, or undefined. */
async function firstOf(programs: string[]): Promise<string | undefined> {
  for (const program of programs) {
    try {
      await output(program, ["--version"]);
      return program;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}
