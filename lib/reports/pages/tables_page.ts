import type { Figure } from "../../plots/parts/render.ts";
import { sha256 } from "../../files/sha256.ts";
import { htmlPage } from "./html_page.ts";
import { pageFigure } from "./page_figure.ts";
import { escapeMarkdown, type Table } from "../tables/table.ts";
import { escapeHtml } from "../tables/table_html.ts";

/** Content of a page of tables. */
export interface TablesContent {
  readonly title: string;
  /** Sentences above the tables. */
  readonly lines: readonly string[];
  readonly tables: readonly Table[];
  readonly figure?: Figure | undefined;
}

/** A self-contained HTML page of tables, with the SHA-256 of their JSON. */
export async function tablesPage(content: TablesContent): Promise<string> {
  const { title, lines, tables, figure } = content;
  const css = await Deno.readTextFile(new URL("page.css", import.meta.url));
  const main = `<h1>${escapeHtml(title)}</h1>\n` +
    lines.map((line) => `<p class="text">${escapeHtml(line)}</p>\n`).join("") +
    (figure ? pageFigure(figure.svg) : "") +
    tables.map((table) => `<div class="output">${table.html()}</div>\n`)
      .join("");
  const dataHash = sha256(tables.map((table) => table.json()).join(""));
  return htmlPage({ title, css, main, dataHash });
}

/** The content of `tablesPage()` as Markdown, without the figure. */
export function tablesMarkdown(
  { title, lines, tables }: TablesContent,
): string {
  return [
    `# ${escapeMarkdown(title)}\n`,
    ...lines.map((line) => `${escapeMarkdown(line)}\n`),
    ...tables.map((table) => table.markdown()),
  ].join("\n");
}
