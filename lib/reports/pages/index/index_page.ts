import { escapeHtml } from "../../tables/table_html.ts";
import { scriptHash } from "../../interactive/script_hash.ts";
import { htmlPage } from "../html_page.ts";
import { figuresSection } from "./figures_section.ts";
import { forestSection } from "./forest_section.ts";
import { glossaryList } from "./glossary.ts";
import { ideaSection } from "./idea_section.ts";
import type { IndexContent, Section } from "./index_content.ts";
import { limitsSection } from "./limits_section.ts";
import { originSection } from "./origin_section.ts";
import { publishedSection } from "./published_section.ts";
import { studySection } from "./study_section.ts";
import { tablesSection } from "./tables_section.ts";
import { numberCards, verdictBox } from "./verdict_section.ts";

/**
 * The index page of a profile: verdict, numbers and study first, then figures, tables,
 * limits and provenance. It is complete without scripts and loads nothing.
 */
export function indexPage(content: IndexContent): string {
  const { provenance, css, script, explorerScript, dataHash } = content;
  const sections = sectionsOf(content);
  const main = `<div class="layout">
${contentsNav(content, sections)}
<div class="body">
<h1>Instance-based label smoothing</h1>
<p class="profile">Profile <b>${escapeHtml(provenance.profile)}</b>:
${escapeHtml(provenance.summary)}</p>
${verdictBox(content)}${numberCards(content)}${
    sections.map(({ id, title, html }) =>
      `<section id="${id}"><h2>${title}</h2>\n${html}</section>\n`
    ).join("")
  }</div>
</div>
<a class="to-contents" href="#contents">Contents</a>
<script>${script}</script>
${
    explorerScript === ""
      ? ""
      : `<script type="module">${explorerScript}</script>\n`
  }`;
  const title = `Instance-based label smoothing: ${provenance.profile}`;
  const scripts = [script, explorerScript].map(scriptHash);
  return htmlPage({ title, css, main, scripts, dataHash });
}

/** The sections that have something to show. */
function sectionsOf(content: IndexContent): Section[] {
  const sections = [
    { id: "study", title: "The study", html: studySection(content) },
    { id: "idea", title: "What it is", html: ideaSection(content) },
    {
      id: "differences",
      title: "Who beats whom",
      html: forestSection(content),
    },
    {
      id: "published",
      title: "Published and measured",
      html: publishedSection(content),
    },
    { id: "figures", title: "In pictures", html: figuresSection(content) },
    { id: "tables", title: "Tables", html: tablesSection(content) },
    { id: "limits", title: "Limits and cost", html: limitsSection(content) },
    { id: "origin", title: "Reproduce and cite", html: originSection(content) },
    { id: "glossary", title: "Words", html: glossaryList() },
  ];
  return sections.filter(({ html }) => html !== "");
}

/** Profiles and sections; it stays in view on wide screens. */
function contentsNav(
  { siblings, provenance }: IndexContent,
  sections: readonly Section[],
): string {
  const profiles = [
    `<li aria-current="page"><b>${escapeHtml(provenance.profile)}</b></li>`,
    ...siblings.map(({ profile, summary }) =>
      `<li><a href="../${encodeURIComponent(profile)}/index.html" title="${
        escapeHtml(summary)
      }">${escapeHtml(profile)}</a></li>`
    ),
  ];
  const links = sections.map(({ id, title }) =>
    `<li><a href="#${id}">${title}</a></li>`
  );
  return `<nav id="contents" aria-label="Contents">
<p>Profiles</p><ul class="profiles">${profiles.join("")}</ul>
<p>On this page</p><ul>${links.join("")}</ul>
</nav>`;
}
