// deno-lint-ignore-file no-console -- a tool tells what it changed
/**
 * Puts notebooks into the form in which they are committed: no outputs, no
 * execution counts, ids and metadata in order.
 *
 *     deno run -RW tools/format_notebooks.ts [--check] [FILE.ipynb …]
 *
 * Without files: all of `notebooks/`. With `--check` nothing is written, and
 * the exit code is 1 if a file would change.
 */
import { formatNotebook } from "../lib/reports/format_notebook.ts";
import { parseNotebook } from "../lib/reports/notebook.ts";

const folder = new URL("../notebooks/", import.meta.url).pathname;
const check = Deno.args.includes("--check");
const named = Deno.args.filter((arg) => arg !== "--check");
const paths = named.length > 0 ? named : notebooksIn(folder);

let changed = 0;
for (const path of paths) {
  const before = await Deno.readTextFile(path);
  const after = formatNotebook(parseNotebook(before, path));
  if (after === before) continue;
  changed++;
  if (!check) await Deno.writeTextFile(path, after);
  console.log(`${check ? "not in committed form" : "formatted"}: ${path}`);
}
if (check && changed > 0) Deno.exit(1);

function notebooksIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter((entry) => entry.name.endsWith(".ipynb"))
    .map((entry) => folder + entry.name).sort();
}
