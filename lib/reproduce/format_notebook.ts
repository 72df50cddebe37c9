import { hash32 } from "../random.ts";
import type { Cell, Notebook } from "./notebook.ts";

/** As JupyterLab writes it with Deno 2.9.6, so that opening changes nothing. */
const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
    version: "6.0.3",
  },
};

/**
 * Formats a notebook for committing: format 4.5, the Deno kernel, a unique id for
 * each cell, no outputs and no execution counts. Keys are sorted and indented by one
 * space as in JupyterLab, so that saving there changes only edited lines.
 *
 * Valid, unique ids are kept; others are derived from the text of the cell, so that
 * they do not depend on its position.
 */
export function formatNotebook(notebook: Pick<Notebook, "cells">): string {
  const taken = new Set<string>();
  const cells = notebook.cells.map((cell) => {
    const id = uniqueId(cell, taken);
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

function uniqueId({ id, kind, source }: Cell, taken: Set<string>): string {
  if (/^[A-Za-z0-9_-]{1,64}$/.test(id) && !taken.has(id)) return id;
  for (let copy = 0;; copy++) {
    const hash = hash32(`${kind}/${copy}/${source.trim()}`);
    const made = hash.toString(16).padStart(8, "0");
    if (!taken.has(made)) return made;
  }
}

/** Lines with their line ends, except for the last, as the format requires. */
function sourceLines(source: string): string[] {
  const text = source.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trim();
  return text === "" ? [] : text.split(/(?<=\n)/);
}
