import { basename, dirname, join, normalize } from "node:path";
import { DOMParser } from "linkedom";
import { ignoreNotFound, namesIn } from "../files/folders.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { scriptHash } from "../reports/interactive/script_hash.ts";
import { allowedScripts } from "../reports/pages/content_policy.ts";
import { DATA_HASH, htmlPage } from "../reports/pages/html_page.ts";
import { escapeHtml } from "../reports/tables/table_html.ts";
import { SCRIPT_STYLE } from "./explorable_page.ts";

/** Name of the file in `results/<profile>`. */
export const REPORT_FILE = "report.html";

/** A page of the results, such as `index.html` or `notebooks/01_teacher.html`. */
interface Page {
  /** Path relative to the results. */
  readonly path: string;
  /** Id of its section in the report. */
  readonly id: string;
  readonly title: string;
  readonly document: ReturnType<DOMParser["parseFromString"]>;
}

/**
 * Writes `report.html`: the index, the notebooks and the data in one file, which
 * shows one page at a time. Links between pages, and to tables and figures, work; those
 * that lead out of the results become text.
 *
 * @param folder `results/<profile>` with its pages
 * @returns the path of the file
 */
export async function writeReportFile(folder: string): Promise<string> {
  const pages = await readPages(folder);
  const paths = new Map(pages.map(({ path, id }) => [path, id]));
  for (const page of pages) {
    if (page.path !== INDEX) prefixIds(page);
    await rewriteLinks(page, paths, folder);
  }
  const path = join(folder, REPORT_FILE);
  await writeFileAtomic(
    path,
    reportHtml(pages, await Deno.readTextFile(SCRIPT)),
  );
  return path;
}

const INDEX = "index.html";

async function readPages(folder: string): Promise<Page[]> {
  const notebooks = (await namesIn(join(folder, "notebooks")))
    .filter((name) => name.endsWith(".html")).sort();
  const paths = [INDEX, ...notebooks.map((name) => `notebooks/${name}`)];
  return await Promise.all(paths.map(async (path) => {
    const html = await Deno.readTextFile(join(folder, path));
    const document = new DOMParser().parseFromString(html, "text/html");
    return {
      path,
      id: `page-${basename(path, ".html")}`,
      title: document.querySelector("title")?.textContent ?? "",
      document,
    };
  }));
}

/** Attributes that contain ids of the same page. */
const REFERENCES = ["for", "aria-labelledby", "aria-describedby"] as const;

/** Makes the ids of a page unique in the report. */
function prefixIds({ id, document }: Page): void {
  const prefixed = (name: string) => `${id}/${name}`;
  for (const node of document.querySelectorAll("main [id]")) {
    node.setAttribute("id", prefixed(node.getAttribute("id")!));
  }
  for (const name of REFERENCES) {
    for (const node of document.querySelectorAll(`main [${name}]`)) {
      const names = node.getAttribute(name)!.split(/\s+/);
      node.setAttribute(name, names.map(prefixed).join(" "));
    }
  }
}

async function rewriteLinks(
  page: Page,
  paths: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  for (const link of page.document.querySelectorAll("main a[href]")) {
    const href = link.getAttribute("href")!;
    if (/^[a-z]+:/i.test(href)) continue;
    const [target, fragment = ""] = href.split("#", 2);
    const path = target === ""
      ? page.path
      : normalize(join(dirname(page.path), decodeURIComponent(target)));
    const id = paths.get(path);
    if (id !== undefined) {
      link.setAttribute("href", `#${anchor(path, id, fragment)}`);
      continue;
    }
    const data = await dataAddress(folder, path);
    if (data === undefined) {
      link.removeAttribute("href");
    } else {
      link.setAttribute("href", data);
      link.setAttribute("download", basename(path));
    }
  }
}

function anchor(path: string, id: string, fragment: string): string {
  if (fragment === "") return id;
  return path === INDEX ? fragment : `${id}/${fragment}`;
}

/** Types of the data that the report contains. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  json: "application/json",
  md: "text/markdown",
  svg: "image/svg+xml",
};

/** A file of the results as an address; undefined if the report leaves it out. */
async function dataAddress(
  folder: string,
  path: string,
): Promise<string | undefined> {
  const type = TYPES[path.split(".").at(-1)!];
  if (type === undefined || path.startsWith("..")) return undefined;
  try {
    const bytes = await Deno.readFile(join(folder, path));
    return `data:${type};base64,${bytes.toBase64()}`;
  } catch (error) {
    ignoreNotFound(error);
    return undefined;
  }
}

function reportHtml(pages: readonly Page[], script: string): string {
  const [index] = pages;
  const styles = new Set(
    pages.flatMap(({ document }) =>
      [...document.querySelectorAll(`head style:not(.${SCRIPT_STYLE})`)]
        .map(({ textContent }) => textContent)
    ),
  );
  const links = pages.map(({ id, path, title }) => {
    const name = path === INDEX ? "Results" : title;
    return `<a href="#${id}">${escapeHtml(name)}</a>`;
  });
  const sections = pages.map(({ id, document }) =>
    `<section class="page" id="${id}">\n` +
    `${document.querySelector("main")!.innerHTML}\n</section>\n`
  );
  const [policy, dataHash] = ["[http-equiv]", `[name=${DATA_HASH}]`].map((at) =>
    index.document.querySelector(`meta${at}`)?.getAttribute("content")
  );
  return htmlPage({
    title: index.title,
    css: [...styles, CSS].join("\n"),
    // Of the scripts in the pages, only those of the index run.
    scripts: [scriptHash(script), ...allowedScripts(policy ?? "")],
    dataHash: dataHash ?? undefined,
    main: `<nav class="pages">${links.join("\n")}\n${SHOW_CODE}</nav>\n` +
      `${sections.join("")}<script>${script}</script>\n`,
  });
}

const SHOW_CODE =
  `<button type="button" class="show-code" hidden>show all code</button>`;

/** The script of all notebooks' pages. */
const SCRIPT = new URL("../reports/pages/show_code.js", import.meta.url);

/** Shows the page that the address names, at first the index. */
const CSS = `.pages {
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1rem;
  padding: 0.75rem 0;
  border-bottom: 1px solid var(--line);
  background: var(--paper);
  font-size: 0.875rem;
}
@media (min-width: 40rem) {
  .pages {
    position: sticky;
    top: 0;
    z-index: 1;
  }
  .page,
  .page [id] {
    scroll-margin-top: 5rem;
  }
}
.page {
  display: none;
}
.page:target,
.page:has(:target),
body:not(:has(.page:target, .page :target)) #page-index {
  display: block;
}
@media print {
  .pages {
    display: none;
  }
}
`;
