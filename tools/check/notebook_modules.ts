import { join } from "node:path";
import { parseNotebook } from "../../lib/reproduce/notebook.ts";

/** A notebook's code cells as one module, for the type checker. */
export interface NotebookModule {
  readonly notebook: string;
  readonly path: string;
  readonly text: string;
}

/**
 * Writes the code cells of every notebook in a folder as a module in the same
 * folder, so that relative imports resolve. Each cell starts with a comment with its
 * number, by which `locateCells()` finds it.
 *
 * The caller removes the files; git ignores their names.
 */
export async function writeNotebookModules(
  folder: string,
): Promise<NotebookModule[]> {
  const modules: NotebookModule[] = [];
  for (const { name } of Deno.readDirSync(folder)) {
    if (!name.endsWith(".ipynb")) continue;
    const notebook = join(folder, name);
    const text = cellsAsModule(await Deno.readTextFile(notebook), notebook);
    const path = `${notebook}.partial-${Deno.pid}.ts`;
    await Deno.writeTextFile(path, text);
    modules.push({ notebook, path, text });
  }
  return modules;
}

/** Joins the code cells of a notebook, given as JSON text, into a module. */
export function cellsAsModule(text: string, name: string): string {
  const sources = parseNotebook(text, name).cells
    .filter((cell) => cell.kind === "code")
    .map((cell, i) => `// Cell ${i + 1}\n${cell.source}\n`);
  // The empty export makes it a module, in which `await` is allowed.
  return `${sources.join("\n")}\nexport {};\n`;
}

/** Replaces positions in modules by cells and lines in a type checker's output. */
export function locateCells(
  output: string,
  modules: readonly NotebookModule[],
): string {
  return modules.reduce((located, { notebook, path, text }) => {
    const lines = text.split("\n");
    return located.replaceAll(
      new RegExp(`(?:file://)?${RegExp.escape(path)}:(\\d+):\\d+`, "g"),
      (_, line) => {
        const before = lines.slice(0, Number(line));
        const start = before.findLastIndex((text) =>
          /^\/\/ Cell \d+$/.test(text)
        );
        const cell = lines[start].slice("// Cell ".length);
        return `${notebook}, cell ${cell}, line ${Number(line) - start - 1}`;
      },
    );
  }, output);
}
