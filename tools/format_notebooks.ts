// deno-lint-ignore-file no-console -- prints the changed files
/**
 * Formats notebooks for committing: no outputs, no execution counts, ids and
 * metadata in order, cells formatted by `deno fmt`.
 *
 *   deno run -R -W=notebooks --allow-run tools/format_notebooks.ts \
 *     [--check] [FILE.ipynb …]
 *
 * Without files, it formats all of `notebooks/`. With `--check` it writes nothing,
 * and the exit code is 1 if a file would change.
 *
 * Notebooks are excluded from `deno fmt`, whose `--check` (2.9.6) reports every
 * notebook that it has not just written itself as not formatted.
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
  console.log(`${check ? "not formatted" : "formatted"}: ${path}`);
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
  // Deno has printed the reason to standard error.
  if (!success) Deno.exit(1);
  return new TextDecoder().decode(stdout);
}

function notebooksIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)]
    .filter((entry) => entry.name.endsWith(".ipynb"))
    .map((entry) => folder + entry.name).sort();
}
