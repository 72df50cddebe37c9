import { escapeHtml, SHORT_CELL, TONES } from "./table_html.ts";

/**
 * A Markdown table as HTML: an optional first paragraph in bold as its caption,
 * a row of headings, one of alignments, and the rows.
 *
 * @param options `tone` of a cell by its text, as Markdown keeps no colours
 * @returns nothing where the text holds no table
 */
export function markdownTableHtml(
  markdown: string,
  { tone = () => undefined }: {
    readonly tone?: (text: string) => keyof typeof TONES | undefined;
  } = {},
): string | undefined {
  const lines = markdown.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith("|"));
  if (start < 0 || !/^\|[\s:|-]+\|$/.test(lines[start + 1] ?? "")) {
    return undefined;
  }
  const end = lines.findIndex((line, i) => i > start && !line.startsWith("|"));
  const [head, marks, ...rows] = lines
    .slice(start, end < 0 ? undefined : end).map(cellsOf);
  const sides = marks.map((mark) => mark.endsWith(":") ? "right" : "left");
  const styleOf = (cell: string) => {
    const toned = tone(cell);
    return (cell.length <= SHORT_CELL ? ";white-space:nowrap" : "") +
      (toned === undefined ? "" : TONES[toned]);
  };
  const row = (cells: string[], tag: "th" | "td") =>
    `<tr>${
      cells.map((cell, i) =>
        `<${tag} style="text-align:${sides[i] ?? "left"}${
          tag === "td" ? styleOf(cell) : ""
        }">${inline(cell)}</${tag}>`
      ).join("")
    }</tr>`;
  const caption = lines.slice(0, start).filter((line) => line !== "").join(" ");
  return "<table>" +
    (caption ? `<caption>${inline(caption)}</caption>` : "") +
    `<thead>${row(head, "th")}</thead>\n` +
    `<tbody>${
      rows.map((cells) => row(cells, "td")).join("\n")
    }</tbody></table>`;
}

/**
 * A Markdown list, a `- ` before each line, as HTML.
 *
 * @returns nothing where a line is none of a list
 */
export function markdownListHtml(markdown: string): string | undefined {
  const lines = markdown.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0 || !lines.every((line) => line.startsWith("- "))) {
    return undefined;
  }
  const items = lines.map((line) => `<li>${inline(line.slice(2))}</li>`);
  return `<ul class="text">\n${items.join("\n")}\n</ul>`;
}

/** Texts between the bars of a row; an escaped bar is text. */
function cellsOf(line: string): string[] {
  return line.slice(1, line.endsWith("|") ? -1 : undefined)
    .match(/(?:\\.|[^|\\])+/g)?.map((cell) => cell.trim()) ?? [];
}

/** Bold, escapes, character references and line ends; all else is text. */
function inline(markdown: string): string {
  return markdown.split(/(\\.|\*\*|<br>|&\w+;)/).map((part, i, parts) => {
    if (part === "**") {
      const before = parts.slice(0, i).filter((other) => other === "**");
      return before.length % 2 === 0 ? "<strong>" : "</strong>";
    }
    if (/^\\./.test(part)) return escapeHtml(part[1]);
    return part === "<br>" || /^&\w+;$/.test(part) ? part : escapeHtml(part);
  }).join("");
}
