import { escapeHtml, SHORT_CELL } from "./table_html.ts";

/**
 * A Markdown table as HTML: an optional first paragraph in bold as its caption,
 * a row of headings, one of alignments, and the rows.
 *
 * @returns nothing where the text holds no table
 */
export function markdownTableHtml(markdown: string): string | undefined {
  const lines = markdown.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith("|"));
  if (start < 0 || !/^\|[\s:|-]+\|$/.test(lines[start + 1] ?? "")) {
    return undefined;
  }
  const end = lines.findIndex((line, i) => i > start && !line.startsWith("|"));
  const [head, marks, ...rows] = lines
    .slice(start, end < 0 ? undefined : end).map(cellsOf);
  const sides = marks.map((mark) => mark.endsWith(":") ? "right" : "left");
  const row = (cells: string[], tag: string) =>
    `<tr>${
      cells.map((cell, i) =>
        `<${tag} style="text-align:${sides[i] ?? "left"}${
          tag === "td" && cell.length <= SHORT_CELL ? ";white-space:nowrap" : ""
        }">` +
        `${inline(cell)}</${tag}>`
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
