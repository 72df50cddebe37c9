import { capitalised } from "../../tables/capitalised.ts";
import { escapeHtml } from "../../tables/table_html.ts";
import { foldedTable } from "./folded_table.ts";
import { type IndexContent, isConclusive } from "./index_content.ts";

const TITLES: Readonly<Record<string, string>> = {
  "07-headline-1-results": "Scores of every method",
  "07-headline-2-differences": "Paired differences",
  "07-headline-3-directions": "Published differences and ours",
  "07-headline-4-published": "Published levels and ours",
  "08-headline-1-log-loss": "Synthetic data: log loss",
  "08-headline-2-accuracy": "Synthetic data: accuracy",
  "08-headline-3-claims": "Synthetic data: claims of the tables",
  "08-headline-4-figure-claims": "Synthetic data: claims of the figures",
  "08-headline-5-teachers": "Synthetic data: which teacher",
  "08-headline-6-verdict": "Synthetic data: the chosen teacher confirmed",
  "09-headline-1-advice": "Advice, situation by situation",
  "09-headline-2-rule": "Can it be predicted from plain training?",
  "09-headline-3-advice-scaled": "Advice if every method is scaled",
};

/** The one table that a reader can act on. */
const ADVICE = "09-headline-1-advice";

/** The headline tables behind their titles, and links to all others. */
export function tablesSection(content: IndexContent): string {
  const { tables, files, sentences } = content;
  const verdicts = isConclusive(content);
  const folded = tables.map(({ name, table, csv }) =>
    foldedTable(table, {
      title: titleOf(name),
      name,
      csv,
      verdicts,
      open: verdicts && name === ADVICE,
    })
  );
  const list = fileList(files.filter((path) => path.startsWith("tables/")));
  return `${folded.join("")}${inWords(sentences)}${list}`;
}

/** What the notebooks conclude from their tables. */
function inWords(sentences: readonly string[]): string {
  if (sentences.length === 0) return "";
  const items = sentences.map((text) => `<li>${escapeHtml(text)}</li>`);
  return `<details class="fold"><summary>The same in words</summary>
<ul>\n${items.join("\n")}\n</ul></details>\n`;
}

/** "09-headline-4-more-rules" gives "More rules". */
function titleOf(name: string): string {
  if (Object.hasOwn(TITLES, name)) return TITLES[name];
  const words = name.replace(/^\d\d-/, "").replace(/^headline-?(\d+-)?/, "")
    .replaceAll("-", " ");
  const title = words === "" ? name : words;
  return capitalised(title);
}

/** Files by name, with their formats: `ece (csv, json, md)`. */
function fileList(files: readonly string[]): string {
  if (files.length === 0) return "";
  const formats = Map.groupBy(files, (file) => file.replace(/\.\w+$/, ""));
  const items = [...formats].map(([name, paths]) =>
    `<li>${escapeHtml(name.replace(/^tables\//, ""))} (${
      paths.map((path) =>
        `<a href="${path.split("/").map(encodeURIComponent).join("/")}">` +
        `${escapeHtml(path.split(".").at(-1)!)}</a>`
      ).join(", ")
    })</li>`
  );
  return `<details class="fold links"><summary>All tables as files</summary>
<ul class="files">\n${items.join("\n")}\n</ul></details>\n`;
}
