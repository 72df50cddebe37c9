/**
 * The gate besides the tests: format, lint, types (also of the notebooks' code
 * cells), notebooks in their committed form, direction of imports. All parts
 * run, whether or not one fails. It takes no arguments.
 *
 *   deno task check
 */
import { join } from "node:path";
import { exists } from "../setup/stamp.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { tellCells, writeNotebookModules } from "./notebook_modules.ts";

const TYPED_FOLDERS = ["lib", "tests", "tools", "bench", "notebooks"];
const NOTEBOOKS = join(ROOT, "notebooks");

if (Deno.args.length > 0) {
  say(`Usage: deno task check. It takes no arguments: found ${Deno.args[0]}`);
  Deno.exit(2);
}

const failed: string[] = [];
// Not quiet: that stops at the first file.
await check("Format", ["fmt", "--check"]);
await check("Lint", ["lint", "--quiet"]);
const folders = [];
for (const folder of TYPED_FOLDERS) {
  if (await exists(join(ROOT, folder))) folders.push(folder);
}
await check("Types", ["check", "--quiet", ...folders]);
await checkNotebookTypes();
await check("Notebooks as committed", [
  "run",
  "--allow-read",
  "--allow-run",
  "tools/format_notebooks.ts",
  "--check",
]);
await check("Direction of imports", [
  "test",
  "--quiet",
  "--allow-read",
  "--no-check",
  "tests/architecture_test.ts",
]);
if (failed.length > 0) {
  say(`Not in order: ${failed.join(", ").toLowerCase()}`);
  Deno.exit(1);
}

async function checkNotebookTypes() {
  const modules = await writeNotebookModules(NOTEBOOKS);
  if (modules.length === 0) return;
  const paths = modules.map(({ path }) => path);
  try {
    await check("Types in notebooks", ["check", "--quiet", ...paths], {
      tell: (output) => tellCells(output, modules),
    });
  } finally {
    for (const path of paths) await Deno.remove(path);
  }
}

/** Runs Deno; what it says on standard error goes through `tell`. */
async function check(
  title: string,
  args: string[],
  { tell = (output: string) => output } = {},
) {
  const started = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: "inherit",
    env: { NO_COLOR: "1" },
  }).output();
  const said = new TextDecoder().decode(stderr).trimEnd();
  if (!success && said !== "") say(tell(said));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${success ? "ok    " : "FAILED"} ${title} (${seconds} s)`);
  if (!success) failed.push(title);
}

function say(line: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
