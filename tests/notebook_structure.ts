import type { Cell, Notebook } from "../lib/reproduce/notebook.ts";

const MOST_CODE_CELLS = 20;
const MOST_LINES = 20;
const TEXT_PER_CODE = 0.7;

/** Code that belongs in the library or nowhere. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/\b(for|while)\s*\([^)]*\bepochs?\b/i, "a loop over epochs"],
  [/\bMath\.random\b/, "unseeded random numbers"],
  [/["'`](?:file:\/\/)?\/[\w.-]+\/|["'`][A-Z]:\\/, "an absolute path"],
  [/\bconsole\.(debug|trace|dir)\b|\bdebugger\b/, "debugging"],
];

/**
 * Deviations of a notebook from the structure of the series, one phrase each.
 *
 * @param name file name
 * @param series file names of all notebooks, in order
 */
export function structureFaults(
  notebook: Notebook,
  { name, series }: { name: string; series: readonly string[] },
): string[] {
  return [
    ...fileFaults(notebook),
    ...frameFaults(notebook.cells),
    ...notebook.cells.flatMap(cellFaults),
    ...linkFaults(notebook.cells, name, series),
  ];
}

function fileFaults({ format, kernel, cells }: Notebook): string[] {
  const faults: string[] = [];
  if (format.join(".") !== "4.5") faults.push(`format ${format.join(".")}`);
  if (kernel !== "deno") faults.push(`kernel ${kernel}`);
  const ids = cells.map(({ id }) => id);
  if (!ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id))) {
    faults.push("a cell without a valid id");
  }
  if (new Set(ids).size < ids.length) faults.push("two cells with the same id");
  return faults;
}

function frameFaults(cells: readonly Cell[]): string[] {
  const faults: string[] = [];
  const code = cells.filter(({ kind }) => kind === "code");
  const texts = cells.length - code.length;
  const [first] = cells;
  if (!/^# \S/.test(first?.source ?? "")) faults.push("no title first");
  if (first?.kind !== "markdown" || !/^> \S/m.test(first.source)) {
    faults.push("no question in a quote in the first cell");
  }
  if (cells.at(-1)?.kind !== "markdown") faults.push("no text at the end");
  if (!/\bassert\b/.test(code.at(-1)?.source ?? "")) {
    faults.push("no assertion in the last code cell");
  }
  if (texts < TEXT_PER_CODE * code.length) {
    faults.push(`${texts} text cells for ${code.length} code cells`);
  }
  if (code.length > MOST_CODE_CELLS) faults.push(`${code.length} code cells`);
  return faults;
}

function cellFaults(cell: Cell, index: number): string[] {
  if (cell.kind !== "code") return [];
  const faults: string[] = [];
  const { source, outputs, executionCount } = cell;
  const lines = source.split("\n").length;
  if (lines > MOST_LINES) faults.push(`${lines} lines`);
  if (outputs.length > 0) faults.push("outputs");
  if (executionCount !== null) faults.push("an execution count");
  for (const [pattern, what] of FORBIDDEN) {
    if (pattern.test(source)) faults.push(what);
  }
  return faults.map((fault) => `cell ${index + 1} has ${fault}`);
}

function linkFaults(
  cells: readonly Cell[],
  name: string,
  series: readonly string[],
): string[] {
  const text = cells.filter(({ kind }) => kind === "markdown")
    .map(({ source }) => source).join("\n");
  const links = text.matchAll(/\]\(([^)#\s]+\.ipynb)/g);
  const linked = [...new Set([...links].map(([, file]) => file))];
  const place = series.indexOf(name);
  const neighbours = [series[place - 1], series[place + 1]];
  return [
    ...linked.filter((file) => !series.includes(file))
      .map((file) => `a link to ${file}, which does not exist`),
    ...neighbours.filter((file) => file && !linked.includes(file))
      .map((file) => `no link to its neighbour ${file}`),
  ];
}
