import {
  escapeHtml,
  type ShownCell,
  type ShownTable,
} from "../../tables/table_html.ts";
import { cellText } from "./wording.ts";

/** How a table is shown. */
export interface FoldedTableOptions {
  readonly title: string;
  /** File name of the download. */
  readonly name: string;
  readonly csv: string | undefined;
  /** Whether verdicts and their colours are shown. */
  readonly verdicts: boolean;
  /** Whether it is unfolded at first. */
  readonly open: boolean;
}

/**
 * A table behind its title, which a script makes sortable; printed in full. The
 * records are part of the page, as a download.
 */
export function foldedTable(
  table: ShownTable,
  { title, name, csv, verdicts, open }: FoldedTableOptions,
): string {
  const { caption, columns, rows } = verdicts ? table : withoutVerdicts(table);
  const heads = columns.map(({ title, side }) =>
    `<th scope="col" class="${side}">${escapeHtml(title)}</th>`
  );
  const lines = rows.map((cells) =>
    `<tr>${
      cells.map((cell, i) => cellHtml(cell, columns[i], i === 0)).join("")
    }</tr>`
  );
  return `<details class="fold"${open ? " open" : ""}>
<summary>${escapeHtml(title)}</summary>
<div class="scroll" role="region" tabindex="0" aria-label="${
    escapeHtml(title)
  }"><table class="sortable">
<caption>${escapeHtml(captionOf(title, caption))}</caption>
<thead><tr>${heads.join("")}</tr></thead>
<tbody>
${lines.join("\n")}
</tbody></table></div>
${csv === undefined ? "" : download(name, csv)}</details>
`;
}

function captionOf(title: string, caption: string | undefined): string {
  if (caption === undefined || caption === title) return title;
  const end = title.endsWith("?") ? "" : ".";
  return `${title}${end} ${caption.replace(/\.$/, "")}.`;
}

function cellHtml(
  { text, best, tone }: ShownCell,
  { title, side }: ShownTable["columns"][number],
  first: boolean,
): string {
  const shown = escapeHtml(cellText(text, title));
  const classes = [side, ...(tone ? [tone] : []), ...(best ? ["best"] : [])];
  return first
    ? `<th scope="row" class="${classes.join(" ")}">${shown}</th>`
    : `<td class="${classes.join(" ")}">${shown}</td>`;
}

/** Without the columns that judge, and without colours. */
function withoutVerdicts({ columns, rows, ...rest }: ShownTable): ShownTable {
  const kept = columns.map((_, i) => i).filter((i) =>
    !/^(verdict|size too|use|not beaten by it|seeds to decide|smallest visible)$/
      .test(columns[i].title)
  );
  return {
    ...rest,
    columns: kept.map((i) => columns[i]),
    rows: rows.map((row) => kept.map((i) => ({ text: row[i].text }))),
  };
}

/** A link that saves the records, and works without the files around the page. */
function download(name: string, csv: string): string {
  const data = new TextEncoder().encode(csv).toBase64();
  return `<p class="download"><a download="${escapeHtml(name)}.csv" ` +
    `href="data:text/csv;base64,${data}">Save as CSV</a></p>\n`;
}
