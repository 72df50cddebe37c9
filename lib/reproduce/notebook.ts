import { z } from "zod";
import { parseJson, readText } from "../files/read_json.ts";

/** One output of a code cell, with the keys of the notebook format. */
export interface CellOutput {
  readonly output_type: string;
  readonly [key: string]: unknown;
}

/** A cell, with its source as a single string. */
export interface Cell {
  readonly kind: "code" | "markdown";
  readonly id: string;
  readonly source: string;
  readonly tags: readonly string[];
  readonly executionCount: number | null;
  readonly outputs: readonly CellOutput[];
}

/** The part of an `.ipynb` file that this project reads. */
export interface Notebook {
  /** `[major, minor]` of the notebook format. */
  readonly format: readonly [number, number];
  /** Name of the kernel, undefined if the file has none. */
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
 * Schema of the part of an `.ipynb` file that this project reads. Other keys are
 * dropped, except for those of outputs.
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
 * @throws {BadInput} if the text is not a notebook of format 4, or if it has a raw
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

/** Reads an `.ipynb` file as `parseNotebook()` does. */
export async function readNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await readText(path), path);
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

/** Text of the first heading `# …`, or `fallback` if there is none. */
export function titleOf(notebook: Notebook, fallback: string): string {
  const heading = /^# +(.+)$/m.exec(notebook.cells[0]?.source ?? "");
  return heading?.[1].trim() ?? fallback;
}
