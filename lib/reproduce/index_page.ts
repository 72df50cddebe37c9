import { join } from "node:path";
import { ignoreNotFound, isFile, namesIn } from "../files/folders.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { readHeadlines } from "../reports/headlines.ts";
import { pageScript } from "../reports/interactive/page_script.ts";
import { readOneImage } from "../reports/interactive/one_image.ts";
import { restoreRows } from "../reports/interactive/image_rows.ts";
import { readImageRows } from "../reports/interactive/read_image_rows.ts";
import { readExplorerData } from "../reports/interactive/read_explorer_data.ts";
import type {
  IndexFigure,
  IndexTable,
  Sibling,
} from "../reports/pages/index/index_content.ts";
import { readIndexData } from "../reports/pages/index/index_data.ts";
import { DATA_HASH } from "../reports/pages/html_page.ts";
import { indexPage } from "../reports/pages/index/index_page.ts";
import { readManifest } from "./manifest.ts";
import { dataHashOf } from "./outputs.ts";

/** Name of the index page in a profile's folder. */
export const INDEX_FILE = "index.html";

/** Figures of other profiles that a page of the image study shows. */
const BORROWED = [
  ["synthetic", "08-regions"],
  ["regimes", "09-headline-1-log-loss-over-scaled-ce"],
] as const;

/** Profiles whose figures are borrowed, or that only check the software. */
const BORROWING_NOTHING = ["synthetic", "regimes", "regimes-full", "smoke"];

/**
 * Writes a profile's `index.html` from its manifest, tables, headlines and figures.
 * Writes nothing if there is no manifest.
 *
 * @param folder `results/<profile>`
 * @returns the path of the page, or undefined if nothing was written
 * @throws {BadInput} if a table or a headline is damaged
 */
export async function writeIndexPage(
  folder: string,
): Promise<string | undefined> {
  const manifest = await readManifest(folder);
  if (manifest === undefined) return undefined;
  const { profile } = manifest;
  const tables = await resultsIn(folder, "tables");
  const figures = await resultsIn(folder, "figures");
  const headlines = await readHeadlines(folder);
  const page = join(folder, INDEX_FILE);
  const style = [
    "page.css",
    "../interactive/explorer.css",
    "../interactive/images_explorer.css",
    "index/index.css",
  ].map(pageFile);
  await writeFileAtomic(
    page,
    indexPage({
      provenance: manifest,
      data: await readIndexData(folder),
      tables: await tablesOf(folder, headlines),
      sentences: headlines.flatMap(({ headline }) =>
        headline.kind === "text" ? headline.sentences : []
      ),
      figures: [
        ...await figuresOf(folder, figures),
        ...BORROWING_NOTHING.includes(profile) ? [] : await borrowed(folder),
      ],
      files: [...tables, ...figures],
      siblings: await siblingsOf(folder, profile),
      dataHash: await dataHashOf(folder),
      css: (await Promise.all(style)).join("\n"),
      script: await pageFile("index/index.js"),
      ...await explorersOf(folder),
    }),
  );
  return page;
}

/**
 * Whether the index of a profile was made of the tables, figures and data that are in
 * its folder. Earlier pages do not state of what they were made.
 */
export async function indexShowsData(folder: string): Promise<boolean> {
  const html = await textIfPresent(join(folder, INDEX_FILE)) ?? "";
  const stated = statedHash(html);
  return stated === undefined || stated === await dataHashOf(folder);
}

/**
 * Whether a page, the index of a profile or what contains it, was made of a manifest and
 * of tables, figures and data.
 *
 * @param made `written`: when the manifest was written; `dataHash`: as by `dataHashOf()`
 */
export async function isPageCurrent(
  page: string,
  { written, dataHash }: {
    readonly written: string;
    readonly dataHash: string;
  },
): Promise<boolean> {
  const html = await textIfPresent(page) ?? "";
  return html.includes(`datetime="${written}"`) &&
    statedHash(html) === dataHash;
}

async function textIfPresent(path: string): Promise<string | undefined> {
  return await Deno.readTextFile(path).catch(ignoreNotFound);
}

function statedHash(html: string): string | undefined {
  return new RegExp(`<meta name="${DATA_HASH}" content="(\\w+)">`)
    .exec(html)?.[1];
}

/** What a reader explores, and the script for it. */
async function explorersOf(folder: string) {
  const oneImage = await readOneImage(
    join(folder, "tables", "02-confusing.json"),
  );
  const explored = await readExplorerData(
    join(folder, "data", "04-explorer.json"),
  );
  const data = await readImageRows(join(folder, "data", "06-images.json"));
  const looked = data && { data, rows: await restoreRows(data) };
  const none = [oneImage, explored, looked].every((one) => one === undefined);
  const explorerScript = none ? "" : await pageScript("index_script.ts");
  return { oneImage, explored, looked, explorerScript };
}

function pageFile(name: string): Promise<string> {
  return Deno.readTextFile(
    new URL(`../reports/pages/${name}`, import.meta.url),
  );
}

/** Paths of complete files, without those still being written. */
async function resultsIn(folder: string, kind: string): Promise<string[]> {
  return (await namesIn(join(folder, kind)))
    .filter((name) => !name.includes(".partial-"))
    .map((name) => `${kind}/${name}`);
}

async function tablesOf(
  folder: string,
  headlines: Awaited<ReturnType<typeof readHeadlines>>,
): Promise<IndexTable[]> {
  const tables = headlines.flatMap(({ name, headline }) =>
    headline.kind === "table" ? [{ name, table: headline.table }] : []
  );
  return await Promise.all(tables.map(async ({ name, table }) => ({
    name,
    table,
    csv: await Deno.readTextFile(join(folder, "tables", `${name}.csv`))
      .catch(ignoreNotFound),
  })));
}

async function figuresOf(
  folder: string,
  paths: readonly string[],
): Promise<IndexFigure[]> {
  const drawn = paths.filter((path) => path.endsWith(".svg"));
  return await Promise.all(drawn.map(async (path) => ({
    name: path.replace(/^.*\/|\.svg$/g, ""),
    svg: await Deno.readTextFile(join(folder, path)),
    path,
  })));
}

/** Figures of the profiles next to this one, if they exist. */
async function borrowed(folder: string): Promise<IndexFigure[]> {
  const paths = BORROWED.map(([profile, name]) =>
    `../${profile}/figures/${name}.svg`
  );
  return await figuresOf(
    folder,
    paths.filter((path) => isFile(join(folder, path))),
  );
}

/** Other profiles that have a page. */
async function siblingsOf(folder: string, own: string): Promise<Sibling[]> {
  const parent = join(folder, "..");
  const names = (await namesIn(parent)).filter((name) =>
    name !== own && isFile(join(parent, name, "index.html"))
  );
  const manifests = await Promise.all(
    names.map((name) => readManifest(join(parent, name))),
  );
  return manifests.flatMap((manifest, i) =>
    manifest === undefined || manifest.profile !== names[i]
      ? []
      : [{ profile: manifest.profile, summary: manifest.summary }]
  );
}
