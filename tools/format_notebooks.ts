// deno-lint-ignore-file no-console -- a tool tells what it changed
/**
 * Puts notebooks into the form in which they are committed: no outputs, no
 * execution counts, ids and metadata in order, cells as `deno fmt` has them.
 *
 *   deno run -R -W=notebooks --allow-run tools/format_notebooks.ts \
 *     [--check] [FILE.ipynb …]
 *
 * Without files: all of `notebooks/`. With `--check` nothing is written, and
 * the exit code is 1 if a file would change.
 *
 * `deno fmt` leaves notebooks to this tool, as its own `--check` (2.9.6) calls
 * every notebook not formatted that it has not just written itself.
 */
import { formatNotebook } from "../lib/reproduce/format_notebook.ts";
import { parseNotebook } from "../lib/reproduce/notebook.ts";

const folder = new URL("../notebooks/", import.meta.url).pathname;
const check = Deno.args.includes("--check");
const named = Deno.args.filter((arg) => arg !== "--check");
const paths = named.length > 0 ? named : notebooksIn(folder);

let changed = 0;
for (const path of paths) {
  const before = await Deno.readTextFile(path);
  const after = await formatCells(formatNotebook(parseNotebook(before, path)));
  if (after === before) continue;
  changed++;
  if (!check) await Deno.writeTextFile(path, after);
  console.log(`${check ? "not in committed form" : "formatted"}: ${path}`);
}
if (check && changed > 0) Deno.exit(1);

/** Formats the cells of a notebook's text. */
async function formatCells(notebook: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext=ipynb", "-"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(notebook));
  await writer.close();
  const { success, stdout } = await child.output();
  // Deno has said why on standard error.
  if (!success) Deno.exit(1);
  return new TextDecoder().decode(stdout);
}

function notebooksIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter((entry) => entry.name.endsWith(".ipynb"))
    .map((entry) => folder + entry.name).sort();
}
