import type { NotebookFailure } from "../../reproduce/run_notebook.ts";

/** Describes a failure: its place, the cell's first line and the error. */
export function explainFailure(failure: NotebookFailure): string {
  const { notebook, place, reason, cell, line, detail } = failure;
  if (reason === "cancelled") {
    return `${notebook} interrupted ${place}; finished work is kept\n`;
  }
  const source = cell === 0 ? "" : `    ${line}\n`;
  const error = detail.split("\n").map((text) => `  ${text}\n`).join("");
  return `${notebook} failed ${place}\n${source}${error}`;
}
