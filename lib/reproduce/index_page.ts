import { join } from "node:path";
import { duration } from "../duration.ts";
import { namesIn } from "../files/folders.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import {
  type Headline,
  headlineHtml,
  isHeadline,
  readHeadlines,
} from "../reports/headlines.ts";
import { htmlPage } from "../reports/pages/html_page.ts";
import { escapeHtml } from "../reports/tables/table_html.ts";

/** Content of an index page. */
export interface IndexContent {
  readonly manifest: Manifest;
  /** Tables shown in full, and sentences about them. */
  readonly headlines: readonly Headline[];
  /** SVG documents shown in full. */
  readonly figures: readonly string[];
  /** Paths of all result files, relative to the page. */
  readonly files: readonly string[];
  /** Style rules. */
  readonly css: string;
}

/**
 * Writes a profile's `index.html` from its manifest, headlines and figures: figures
 * named as headlines are shown in full, all other files as links. Writes nothing if
 * there is no manifest.
 *
 * @param folder `results/<profile>`
 * @returns the path of the page, or undefined if nothing was written
 * @throws {BadInput} if a headline is damaged
 */
export async function writeIndexPage(
  folder: string,
): Promise<string | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  const tables = await resultsIn(join(folder, "tables"));
  const figures = await resultsIn(join(folder, "figures"));
  const shown = figures.filter(isHeadline).filter((name) =>
    name.endsWith(".svg")
  );
  const page = join(folder, "index.html");
  await writeFileAtomic(
    page,
    indexPage({
      manifest,
      headlines: await readHeadlines(folder),
      figures: await Promise.all(
        shown.map((name) => Deno.readTextFile(join(folder, "figures", name))),
      ),
      files: [
        ...tables.map((name) => `tables/${name}`),
        ...figures.map((name) => `figures/${name}`),
      ],
      css: await Deno.readTextFile(
        new URL("../reports/pages/page.css", import.meta.url),
      ),
    }),
  );
  return page;
}

/** The index page: results, notebooks, details, files and provenance. */
function indexPage(content: IndexContent): string {
  const { manifest, css } = content;
  const title = `Instance-based label smoothing: ${manifest.profile}`;
  const { outcome, details } = results(content);
  const main = `<h1>Instance-based label smoothing</h1>
<blockquote><p>Profile <b>${escapeHtml(manifest.profile)}</b>:
${escapeHtml(manifest.summary)}</p></blockquote>
<p class="text">Networks trained on one-hot labels (CE), on uniformly smoothed
labels (LS), and on labels smoothed by a teacher's prediction for each instance
(ILS): their accuracy, their calibration before and after temperature scaling, and
the students distilled from them. The notebooks below computed all numbers.</p>
${outcome}
${notebookSection(manifest)}
${details}
${fileSection(content.files)}
${originSection(manifest)}
`;
  return htmlPage(title, css, main);
}

/** Sentences and the first table; then figures and the other tables. */
function results({ headlines, figures }: IndexContent) {
  const sentences = headlines.filter(({ kind }) => kind === "text")
    .map(headlineHtml);
  const [first, ...others] = headlines.filter(({ kind }) => kind === "table")
    .map((headline) => `<div class="output">${headlineHtml(headline)}</div>`);
  const pictures = figures.map((svg) =>
    `<div class="output figure"><img alt="${ariaLabel(svg)}" ` +
    `src="data:image/svg+xml;base64,${
      new TextEncoder().encode(svg).toBase64()
    }"></div>`
  );
  return {
    outcome: section("Results", [...sentences, ...(first ? [first] : [])]),
    // The figures illustrate the first table.
    details: section("Results in detail", [...pictures, ...others]),
  };
}

function section(title: string, parts: readonly string[]): string {
  return parts.length === 0 ? "" : `<h2>${title}</h2>\n${parts.join("\n")}`;
}

/** The `aria-label` of a figure, which is already escaped. */
function ariaLabel(svg: string): string {
  return /^<svg\b[^>]*\baria-label="([^"]*)"/.exec(svg)?.[1] ?? "";
}

function notebookSection({ notebooks, seconds }: Manifest): string {
  const rows = notebooks.map((record) =>
    `<tr><td><a href="notebooks/${encodeURIComponent(record.name)}.html">` +
    `${escapeHtml(record.title)}</a></td>` +
    `<td style="text-align:right">${duration(record.seconds)}</td>` +
    `<td>${moment(record.finished)}</td></tr>`
  );
  return `<h2>Notebooks</h2>
<div class="output"><table>
<thead><tr><th>Notebook</th><th style="text-align:right">Time</th>` +
    `<th>Finished</th></tr></thead>
<tbody>
${rows.join("\n")}
<tr><th>Total</th><th style="text-align:right">${duration(seconds)}</th>` +
    `<th></th></tr>
</tbody></table></div>
<p class="text">Times are those of the last execution, which is short if the
trained networks were on disk.</p>`;
}

/** Files by name, with their formats: `ece (csv, json, md)`. */
function fileSection(files: readonly string[]): string {
  const formats = Map.groupBy(files, (file) => file.replace(/\.\w+$/, ""));
  const items = [...formats].map(([name, paths]) =>
    `<li>${escapeHtml(name)} (${
      paths.map((path) =>
        `<a href="${path.split("/").map(encodeURIComponent).join("/")}">` +
        `${escapeHtml(path.split(".").at(-1)!)}</a>`
      ).join(", ")
    })</li>`
  );
  return items.length === 0
    ? ""
    : `<h2>Tables and figures</h2>\n<ul class="files">\n${
      items.join("\n")
    }\n</ul>`;
}

function originSection(manifest: Manifest): string {
  const { commit, device, versions, runs, written } = manifest;
  const rows = [
    ["Written", moment(written)],
    [
      "Commit",
      commit === null
        ? "not under version control"
        : `<code>${escapeHtml(commit.hash.slice(0, 12))}</code>` +
          (commit.dirty ? " with uncommitted changes" : ""),
    ],
    ["Device", escapeHtml(device)],
    ...Object.entries(versions).map((entry) => entry.map(escapeHtml)),
    ["Runs", `${runs.length}, listed in <a href="manifest.json">manifest</a>`],
  ];
  return `<h2>Provenance</h2>
<table>
<tbody>
${
    rows.map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`)
      .join("\n")
  }
</tbody></table>`;
}

function moment(iso: string): string {
  return escapeHtml(iso.slice(0, 16).replace("T", " ") + " UTC");
}

/** Names of complete files, without those still being written. */
async function resultsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => !name.includes(".partial-"));
}
