import { hash32 } from "../random.ts";
import type { Cell, Notebook } from "./notebook.ts";

const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    pygments_lexer: "typescript",
  },
};

/**
 * The text in which a notebook is committed: format 4.5, the Deno kernel, no
 * outputs and no execution counts, every cell with an id of its own. Keys are
 * sorted and indented by one space as JupyterLab does, so that saving there
 * changes no line that was not edited.
 *
 * An id that is valid and not taken is kept; another is made from the cell's
 * text, so that it does not depend on the place of the cell.
 */
export function formatNotebook(notebook: Pick<Notebook, "cells">): string {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell) => {
    const id = ownId(cell, taken);
    taken.add(id);
    const metadata = cell.tags.length > 0 ? { tags: cell.tags } : {};
    const source = sourceLines(cell.source);
    return cell.kind === "code"
      ? {
        cell_type: "code",
        execution_count: null,
        id,
        metadata,
        outputs: [],
        source,
      }
      : { cell_type: "markdown", id, metadata, source };
  });
  const file = { cells, metadata: METADATA, nbformat: 4, nbformat_minor: 5 };
  return JSON.stringify(file, null, 1) + "\n";
}

function ownId({ id, kind, source }: Cell, taken: Set<string>): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id) && !taken.has(id)) return id;
  for (let copy = 0;; copy++) {
    const hash = hash32(`${kind}/${copy}/${source.trim()}`);
    const made = hash.toString(16).padStart(8, "0");
    if (!taken.has(made)) return made;
  }
}

/** Lines with their ends, the last one without, as the format wants them. */
function sourceLines(source: string): string[] {
  const text = source.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trim();
  return text === "" ? [] : text.split(/(?<=\n)/);
}
