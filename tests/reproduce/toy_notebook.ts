import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { formatNotebook } from "../../lib/reproduce/format_notebook.ts";
import type { Cell } from "../../lib/reproduce/notebook.ts";

/** A code cell, or a Markdown cell if the source starts with `#` or `>`. */
export function cell(source: string): Cell {
  const kind = /^[#>]/.test(source) ? "markdown" : "code";
  return { kind, id: "", source, tags: [], executionCount: null, outputs: [] };
}

/** Writes a notebook with these sources. */
export async function writeToy(path: string, sources: readonly string[]) {
  const text = formatNotebook({ cells: sources.map(cell) });
  await Deno.writeTextFile(path, text);
}

/** A temporary project folder with these notebooks and the real `.venv`. */
export async function toyProject(
  notebooks: Readonly<Record<string, readonly string[]>>,
): Promise<{ root: string } & AsyncDisposable> {
  const root = await Deno.makeTempDir({ prefix: "ils-toy-" });
  await Deno.mkdir(join(root, "lib"));
  await Deno.mkdir(join(root, "notebooks"));
  await Deno.symlink(join(ROOT, ".venv"), join(root, ".venv"));
  for (const [name, sources] of Object.entries(notebooks)) {
    await writeToy(join(root, "notebooks", `${name}.ipynb`), sources);
  }
  return {
    root,
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}
