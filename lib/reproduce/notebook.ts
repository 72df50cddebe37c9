import { BadInput } from "../bad_input.ts";

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

interface RawCell {
  cell_type?: string;
  id?: string;
  source?: string | string[];
  metadata?: { tags?: string[] };
  execution_count?: number | null;
  outputs?: CellOutput[];
}

/**
 * Reads the JSON text of an `.ipynb` file.
 *
 * @throws {BadInput} if the text is no notebook of format 4, or has a raw cell
 */
export function parseNotebook(text: string, name: string): Notebook {
  let raw;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new BadInput(
      `Cannot read notebook ${name}: ${(error as Error).message}`,
    );
  }
  if (raw?.nbformat !== 4 || !Array.isArray(raw.cells)) {
    throw new BadInput(
      `Cannot read notebook ${name} as its format must be 4: current value is ${raw?.nbformat}`,
    );
  }
  return {
    format: [raw.nbformat, raw.nbformat_minor ?? 0],
    kernel: raw.metadata?.kernelspec?.name,
    cells: raw.cells.map((cell: RawCell) => parseCell(cell, name)),
  };
}

function parseCell(cell: RawCell, name: string): Cell {
  const kind = cell.cell_type;
  if (kind !== "code" && kind !== "markdown") {
    throw new BadInput(
      `Cannot read notebook ${name} as a cell must be code or markdown: current value is ${kind}`,
    );
  }
  const source = cell.source ?? "";
  return {
    kind,
    id: cell.id ?? "",
    source: Array.isArray(source) ? source.join("") : source,
    tags: cell.metadata?.tags ?? [],
    executionCount: cell.execution_count ?? null,
    outputs: cell.outputs ?? [],
  };
}

/** Text of the first heading `# …`, or `fallback` where there is none. */
export function titleOf(notebook: Notebook, fallback: string): string {
  const heading = /^# +(.+)$/m.exec(notebook.cells[0]?.source ?? "");
  return heading?.[1].trim() ?? fallback;
}
