import type { Table } from "../../reports/tables/table.ts";
import { columnCells } from "../../reports/tables/table_cell.ts";

const GAP = "  ";

/** Returns a table as aligned text, with numbers on the right. */
export function textTable(
  { records, columns, caption }: Pick<Table, "records" | "columns" | "caption">,
): string {
  const texts = columns.map((column) => {
    const cells = columnCells(records, column)
      .map(({ numeric, text }) => ({ numeric, text: oneLine(text) }));
    const title = oneLine(column.title ?? column.key);
    const width = Math.max(
      title.length,
      ...cells.map(({ text }) => text.length),
    );
    const right = cells.some(({ numeric }) => numeric);
    const pad = (text: string) =>
      right ? text.padStart(width) : text.padEnd(width);
    return [title, ...cells.map(({ text }) => text)].map(pad);
  });
  const lines = (texts[0] ?? []).map((_, i) =>
    texts.map((column) => column[i]).join(GAP).trimEnd()
  );
  return (caption ? `${caption}\n` : "") +
    lines.map((line) => `${line}\n`).join("");
}

/** A cell is part of a line, whatever name it shows. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
