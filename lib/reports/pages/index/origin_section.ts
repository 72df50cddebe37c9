import { escapeHtml } from "../../tables/table_html.ts";
import { duration } from "../../../duration.ts";
import type { IndexContent, Provenance } from "./index_content.ts";

/** Notebooks, commands, versions and citation. */
export function originSection(content: IndexContent): string {
  const { provenance } = content;
  return `<h3>Notebooks</h3>
<p>They computed all numbers, and explain them step by step. These links, and those to
files, work where this page lies in its folder of results.</p>
${notebookTable(provenance)}
<h3>The same again</h3>
${copyBlock(commands(provenance))}
${facts(content)}
<h3>Cite</h3>
${copyBlock(citation(provenance))}`;
}

function notebookTable({ notebooks }: Provenance): string {
  const rows = notebooks.map(({ name, title, seconds }) =>
    `<tr><td><a href="notebooks/${encodeURIComponent(name)}.html">` +
    `${escapeHtml(title)}</a></td>` +
    `<td class="right">${duration(seconds)}</td></tr>`
  );
  return `<table class="plain"><thead><tr><th scope="col">Notebook</th>` +
    `<th scope="col" class="right">Time</th></tr></thead>
<tbody>\n${rows.join("\n")}\n</tbody></table>`;
}

function commands({ commit, profile }: Provenance): string {
  const reproduce = ["deno", "task", "reproduce", "--profile", profile];
  return [
    ...commit === null ? [] : [`git checkout ${commit.hash}`],
    reproduce.join(" "),
  ].join("\n");
}

function facts({ provenance, dataHash }: IndexContent): string {
  const { commit, device, versions, runs, written } = provenance;
  const rows = [
    ["Written", `<time datetime="${written}">${moment(written)}</time>`],
    [
      "Commit",
      commit === null
        ? "not under version control"
        : `<code>${escapeHtml(commit.hash.slice(0, 12))}</code>` +
          (commit.dirty ? " with uncommitted changes" : ""),
    ],
    ["Device", escapeHtml(device)],
    ...Object.entries(versions).map((entry) => entry.map(escapeHtml)),
    [
      "SHA-256 of tables, figures and data",
      `<code>${dataHash.slice(0, 12)}</code>`,
    ],
    ["Runs", `${runs.length}, listed in <a href="manifest.json">manifest</a>`],
  ];
  return `<table class="plain"><tbody>\n${
    rows.map(([name, value]) =>
      `<tr><th scope="row">${name}</th><td>${value}</td></tr>`
    ).join("\n")
  }\n</tbody></table>`;
}

/** BibTeX of the study and of these results. */
function citation({ commit, written, profile }: Provenance): string {
  const version = commit === null ? "" : `, commit ${commit.hash.slice(0, 12)}`;
  return `@article{maher2021instance,
  title   = {Instance-based Label Smoothing For Better Calibrated
             Classification Networks},
  author  = {Maher, Mohamed and Kull, Meelis},
  journal = {arXiv preprint arXiv:2110.05355},
  year    = {2021}
}
@misc{ils${written.slice(0, 4)}${profile.replaceAll(/\W/g, "")},
  title = {Instance-based label smoothing for Deno: profile ${profile}},
  note  = {Results of ${written.slice(0, 10)}${version}},
  year  = {${written.slice(0, 4)}}
}`;
}

function copyBlock(text: string): string {
  return `<div class="copyable" data-copy><pre>${
    text.split("\n").map(escapeHtml).join("\n")
  }</pre></div>`;
}

function moment(iso: string): string {
  return escapeHtml(iso.slice(0, 16).replace("T", " ") + " UTC");
}
