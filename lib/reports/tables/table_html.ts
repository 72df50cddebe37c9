const TABLE = "border-collapse:collapse;margin:8px 0;font-size:13px;" +
  "font-variant-numeric:tabular-nums";
const CAPTION = "caption-side:top;text-align:left;font-weight:bold;" +
  "padding:4px 0";
const LINE = "border-bottom:1px solid rgba(128,128,128,0.45)";
const PADDING = "padding:4px 12px";

/** Backgrounds pale enough for black text, which they set as well. */
const TONES = {
  good: ";background:#d8efe3;color:#111",
  bad: ";background:#fbdcd2;color:#111",
};

/** A formatted cell, before escaping. */
export interface ShownCell {
  readonly text: string;
  /** Printed in bold. */
  readonly best?: true;
  readonly tone?: keyof typeof TONES;
}

/** A formatted table, of which HTML is made. */
export interface ShownTable {
  readonly caption?: string;
  readonly columns: readonly {
    readonly title: string;
    readonly side: "left" | "right";
  }[];
  /** Cells by row, one per column. */
  readonly rows: readonly (readonly ShownCell[])[];
}

/**
 * A table as HTML that looks the same in JupyterLab and on a report page: its
 * style is inline, and text and background take the colours of the page.
 */
export function tableHtml({ caption, columns, rows }: ShownTable): string {
  const heads = columns.map(({ title, side }) =>
    `<th scope="col" style="text-align:${side};${PADDING};` +
    `border-bottom:2px solid rgba(128,128,128,0.8)${breaking(title)}">` +
    `${escapeHtml(title)}</th>`
  );
  const lines = rows.map((cells) =>
    `<tr style="${LINE}">${
      cells.map((cell, i) => htmlCell(cell, columns[i].side, i === 0)).join("")
    }</tr>`
  );
  return `<table style="${TABLE}">` +
    (caption
      ? `<caption style="${CAPTION}${breaking(caption)}">` +
        `${escapeHtml(caption)}</caption>`
      : "") +
    `<thead><tr>${heads.join("")}</tr></thead>` +
    `<tbody>${lines.join("\n")}</tbody></table>`;
}

/** Cells of at most this many characters, such as "87.72 ± 0.06", never wrap. */
const SHORT_CELL = 24;

function htmlCell(cell: ShownCell, side: string, first: boolean): string {
  const tone = cell.tone ? TONES[cell.tone] : "";
  // A heading is bold unless it says otherwise.
  const weight = cell.best
    ? ";font-weight:bold"
    : first
    ? ";font-weight:normal"
    : "";
  const style = `text-align:${side};${PADDING}${weight}${tone}` +
    // Keep a mean and its "± stdev" on one line.
    (cell.text.length <= SHORT_CELL ? ";white-space:nowrap" : "") +
    breaking(cell.text);
  const text = escapeHtml(cell.text);
  // The first column names the row.
  return first
    ? `<th scope="row" style="${style}">${text}</th>`
    : `<td style="${style}">${text}</td>`;
}

/** A word that is longer than a short cell. */
const LONG_WORD = new RegExp(`\\S{${SHORT_CELL + 1}}`);

/** Lets a long word, such as the name of a file, break anywhere. */
function breaking(text: string): string {
  return LONG_WORD.test(text) ? ";overflow-wrap:anywhere;min-width:8em" : "";
}

/** Escapes text for HTML content and attributes; line ends become `<br>`. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replace(/\r\n?|\n/g, "<br>");
}
