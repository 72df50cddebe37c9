import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { isFile, isFolder, namesIn, removeTree } from "../files/folders.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { htmlPage } from "../reports/pages/html_page.ts";
import { escapeHtml } from "../reports/tables/table_html.ts";
import { type Manifest, readManifest } from "./manifest.ts";

/** Folders to which pages of results link; they keep their places. */
const LINKED = ["notebooks", "docs"];

/** A check from which nothing follows, so it is not published. */
const UNPUBLISHED = "smoke";

/** The contents of a website besides results. */
export interface SiteParts {
  /** The project folder. */
  readonly root: string;
  /** Folder of the API reference. */
  readonly reference: string;
  /** The page that inspects files of scores. */
  readonly inspect: string;
}

/**
 * Writes a website: the results of all profiles, the API reference under `api/`,
 * `inspect.html`, and a first page that links them. Folders keep their places, so that
 * the relative links between pages work.
 *
 * @param out folder of the site, which is replaced
 * @throws {BadInput} if there are no results or no reference
 */
export async function writeSite(
  out: string,
  { root, reference, inspect }: SiteParts,
): Promise<void> {
  const manifests = await publishedManifests(join(root, "results"));
  if (manifests.length === 0 || !isFile(join(reference, "index.html"))) {
    const missing = manifests.length === 0
      ? "results: reproduce a profile"
      : `reference in ${reference}: write it`;
    throw new BadInput(`Cannot write a site as there is no ${missing} first`);
  }
  await removeTree(out);
  for (const { profile } of manifests) {
    await copyTree(
      join(root, "results", profile),
      join(out, "results", profile),
    );
  }
  for (const name of LINKED.filter((name) => isFolder(join(root, name)))) {
    await copyTree(join(root, name), join(out, name));
  }
  await copyTree(reference, join(out, "api"));
  await writeFileAtomic(join(out, "inspect.html"), inspect);
  await writeFileAtomic(join(out, "index.html"), await firstPage(manifests));
}

async function publishedManifests(results: string): Promise<Manifest[]> {
  const manifests: Manifest[] = [];
  for (const name of await namesIn(results)) {
    const folder = join(results, name);
    if (name === UNPUBLISHED || !isFile(join(folder, "index.html"))) continue;
    const manifest = await readManifest(folder);
    if (manifest !== undefined) manifests.push(manifest);
  }
  return manifests;
}

async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    if (name.startsWith(".") || name.includes(".partial-")) continue;
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) await copyTree(source, target);
    if (isFile) await Deno.copyFile(source, target);
  }
}

async function firstPage(manifests: readonly Manifest[]): Promise<string> {
  const css = await Deno.readTextFile(
    new URL("../reports/pages/page.css", import.meta.url),
  );
  const items = manifests.map(({ profile, summary }) =>
    `<li><p><a href="results/${profile}/index.html">${profile}</a><br>` +
    `${escapeHtml(summary)}</p></li>\n`
  );
  return htmlPage({
    title: "Instance-based label smoothing",
    css,
    main: `<h1>Instance-based label smoothing</h1>
<h2>Results</h2>
<ul>
${items.join("")}</ul>
<h2>Your own model</h2>
<p><a href="inspect.html">Inspect the calibration of a model</a>: drop files of
logits or probabilities and labels; nothing leaves the browser.</p>
<h2>Library</h2>
<p><a href="api/index.html">Reference of the public modules</a></p>
`,
  });
}
