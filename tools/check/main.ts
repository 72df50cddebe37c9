/**
 * Checks format, lint, types (including doc examples and code cells of notebooks), the
 * format of notebooks and the direction of imports. All checks run even if one fails.
 * Takes no arguments.
 *
 *   deno task check
 */
import { join } from "node:path";
import { exists } from "../setup/stamp.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { locateCells, writeNotebookModules } from "./notebook_modules.ts";

const TYPED_FOLDERS = ["lib", "tests", "tools", "bench", "notebooks"];
const NOTEBOOKS = join(ROOT, "notebooks");

if (Deno.args.length > 0) {
  say(`Usage: deno task check. It takes no arguments: found ${Deno.args[0]}`);
  Deno.exit(2);
}

const failed: string[] = [];
// With --quiet it would stop at the first file.
await check("Format", ["fmt", "--check"]);
await check("Lint", ["lint", "--quiet"]);
const folders = [];
for (const folder of TYPED_FOLDERS) {
  if (await exists(join(ROOT, folder))) folders.push(folder);
}
// With the examples in doc comments.
await check("Types", ["check", "--quiet", "--doc", ...folders]);
await checkNotebookTypes();
await check("Format of notebooks", [
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
  say(`Failed: ${failed.join(", ").toLowerCase()}`);
  Deno.exit(1);
}

async function checkNotebookTypes() {
  const modules = await writeNotebookModules(NOTEBOOKS);
  if (modules.length === 0) return;
  const paths = modules.map(({ path }) => path);
  try {
    await check("Types in notebooks", ["check", "--quiet", ...paths], {
      translate: (output) => locateCells(output, modules),
    });
  } finally {
    for (const path of paths) await Deno.remove(path);
  }
}

/** Runs Deno; if it fails, prints its standard error through `translate`. */
async function check(
  title: string,
  args: string[],
  { translate = (output: string) => output } = {},
) {
  const started = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: ROOT,
    stdin: "null",
    stdout: "inherit",
    env: { NO_COLOR: "1" },
  }).output();
  const errors = new TextDecoder().decode(stderr).trimEnd();
  if (!success && errors !== "") say(translate(errors));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${success ? "ok    " : "FAILED"} ${title} (${seconds} s)`);
  if (!success) failed.push(title);
}

function say(line: string) {
  writeText(Deno.stderr, `${line}\n`);
}
