import { z } from "zod";
import { parseJson } from "../files/read_json.ts";

/** One output of a code cell, in the notebook format's own words. */
export interface CellOutput {
  readonly output_type: string;
  readonly [key: string]: unknown;
}

/** A cell as this project keeps it: its source in one piece of text. */
export interface Cell {
  readonly kind: "code" | "markdown";
  readonly id: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly executionCount: number | null;
  readonly outputs: readonly CellOutput[];
}

/** What this project reads from an `.ipynb` file. */
export interface Notebook {
  /** `[major, minor]` of the notebook format. */
  readonly format: readonly [number, number];
  /** Name of the kernel, `undefined` where the file names none. */
  readonly kernel: string | undefined;
  readonly cells: readonly Cell[];
}

const OUTPUT = z.looseObject({ output_type: z.string() });

const CELL = z.object({
  cell_type: z.enum(["code", "markdown"]),
  id: z.string().default(""),
  source: z.union([z.string(), z.array(z.string())]).default(""),
  metadata: z.object({ tags: z.array(z.string()).default([]) }).default({
    tags: [],
  }),
  execution_count: z.int().nullable().default(null),
  outputs: z.array(OUTPUT).default([]),
});

/**
 * Schema of an `.ipynb` file, as far as this project reads it; the format's
 * other keys are dropped, but for those of a cell's outputs.
 *
 * @see https://nbformat.readthedocs.io/en/latest/format_description.html
 */
const NOTEBOOK = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.int().default(0),
  metadata: z.object({
    kernelspec: z.object({ name: z.string().optional() }).optional(),
  }).default({}),
  cells: z.array(CELL),
});

/**
 * Reads the JSON text of an `.ipynb` file.
 *
 * @throws {BadInput} if the text is not a notebook of format 4, or has a raw
 * cell
 */
export function parseNotebook(text: string, name: string): Notebook {
  const raw = parseJson(text, NOTEBOOK, `Cannot read notebook ${name}`);
  return {
    format: [raw.nbformat, raw.nbformat_minor],
    kernel: raw.metadata.kernelspec?.name,
    cells: raw.cells.map(cellOf),
  };
}

function cellOf(cell: z.output<typeof CELL>): Cell {
  const { source } = cell;
  return {
    kind: cell.cell_type,
    id: cell.id,
    source: Array.isArray(source) ? source.join("") : source,
    tags: cell.metadata.tags,
    executionCount: cell.execution_count,
    outputs: cell.outputs,
  };
}

/** Text of the first heading `# …`, or `fallback` where there is none. */
export function titleOf(notebook: Notebook, fallback: string): string {
  const heading = /^# +(.+)$/m.exec(notebook.cells[0]?.source ?? "");
  return heading?.[1].trim() ?? fallback;
}
