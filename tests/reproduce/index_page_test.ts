import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { ROOT } from "../../lib/files/project_root.ts";
import { externalAddresses } from "../../lib/reproduce/external_addresses.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { type Manifest, writeManifest } from "../../lib/reproduce/manifest.ts";
import { type Headline, writeHeadline } from "../../lib/reports/headlines.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { inFolder } from "../cli/program.ts";

const commit = { hash: "0123456789abcdef0123", dirty: true };

const manifest: Manifest = {
  profile: "toy",
  summary: "two <notebooks>",
  written: "2026-05-04T03:02:01.000Z",
  versions: { deno: "2.9.6", TensorFlow: "2.21.0" },
  device: "CPU, 2 cores",
  commit,
  seconds: 130,
  notebooks: [{
    name: "07_results",
    title: "Over<confidence>",
    seconds: 130,
    finished: "2026-05-04T03:02:00.000Z",
    fingerprint: "",
    commit,
  }],
  runs: ["run-a", "run-b"],
};

const DIFFERENCES = [
  ["log loss", -0.014, -0.029, 0.001, "undecided", 20],
  ["accuracy, %", 1.87, 1.27, 2.47, "better", null],
].map(([score, mean, low, high, verdict, needed]) => ({
  difference: "ilsq − scaled ce",
  score,
  scaled: false,
  n: 10,
  mean,
  low,
  high,
  verdict,
  needed,
}));

const DIRECTIONS = [{
  difference: "ils − ce",
  score: "log loss",
  scaled: false,
  published: -0.017,
  ours: -0.029,
  low: -0.046,
  high: -0.012,
  verdict: "same direction",
}];

const HEADLINE: Headline = {
  kind: "table",
  table: table([{ difference: "ls − ce", mean: -0.5, verdict: "worse" }], {
    columns: [
      "difference",
      { key: "mean", digits: 2 },
      { key: "verdict", tone: () => "bad" },
    ],
    caption: "Paired by seed",
  }).shown(),
};

/** The page of a profile with one network, written in a new folder. */
function pageOf(profile: string): Promise<string> {
  return inFolder(async (parent) => {
    const folder = join(parent, profile);
    await Deno.mkdir(join(folder, "tables"), { recursive: true });
    await writeManifest(folder, { ...manifest, profile });
    await writeHeadline(folder, "07-headline-2-differences", HEADLINE);
    const files = {
      "07-differences-mlp-4000.json": JSON.stringify(DIFFERENCES),
      "07-headline-3-directions.json": JSON.stringify(DIRECTIONS),
      "07-headline-2-differences.csv": "difference,mean\r\nls − ce,-0.5\r\n",
    };
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(folder, "tables", name), text);
    }
    return await Deno.readTextFile((await writeIndexPage(folder))!);
  });
}

const parse = (page: string) =>
  new DOMParser().parseFromString(page, "text/html");

/** The text that a reader sees, with single spaces. */
function textOf(page: string, selector = "main"): string {
  const document = parse(page);
  for (const script of document.querySelectorAll("script")) script.remove();
  return [...document.querySelectorAll(selector)]
    .map((node) => node.textContent).join(" ").replace(/\s+/g, " ");
}

Deno.test("writeIndexPage() starts with a verdict, numbers and claims", async () => {
  const page = await pageOf("toy");
  const positions = [
    "It depends.",
    "For probabilities, plain training with temperature scaling may do as well",
    "log loss −0.014 (−0.029 to 0.001), undecided",
    "<h2>The study</h2>",
    "arxiv.org/abs/2110.05355",
    "ILS has lower log loss than plain training",
    "<h2>Who beats whom</h2>",
    "<h2>Published and measured</h2>",
    "<h2>Tables</h2>",
    "<h2>Limits and cost</h2>",
    "<h2>Reproduce and cite</h2>",
  ].map((text) => page.indexOf(text));
  assert(positions.every((at) => at > 0), String(positions));
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
});

Deno.test("writeIndexPage() says that nothing follows from smoke, and judges nothing", async () => {
  const page = await pageOf("smoke");
  const text = textOf(page);
  assert.match(textOf(page, ".verdict"), /nothing follows from its numbers/);
  assert.equal(parse(page).querySelectorAll(".chip, .cards, .call").length, 0);
  assert.equal(
    parse(page).querySelectorAll("table .good, table .bad").length,
    0,
  );
  assert.doesNotMatch(
    text,
    /Use it here|It depends|reproduced:|Who beats whom/,
  );
  assert.doesNotMatch(textOf(page, ".sortable"), /verdict|worse/);
  assert.match(textOf(page, ".sortable"), /ls − ce/);
});

Deno.test("writeIndexPage() folds tables, with colours, minus signs and their data", async () => {
  const page = await pageOf("toy");
  const document = parse(page);
  const [cell] = document.querySelectorAll(".sortable td.bad");
  assert.equal(cell.textContent, "worse");
  assert.match(textOf(page, ".sortable"), /−0\.50/);
  assert.equal(
    textOf(page, ".sortable caption"),
    "Paired differences. Paired by seed.",
  );
  const [link] = document.querySelectorAll("a[download]");
  const data = link.getAttribute("href")!.replace(/^.*base64,/, "");
  assert.match(
    new TextDecoder().decode(Uint8Array.fromBase64(data)),
    /^difference,mean\r\n/,
  );
});

Deno.test("writeIndexPage() shows provenance, commands and a citation", async () => {
  const page = await pageOf("toy");
  assert.match(page, /href="notebooks\/07_results\.html">Over&lt;confide/);
  assert.match(page, />2 min 10 s</);
  assert.match(page, /0123456789ab<\/code> with uncommitted changes/);
  assert.match(page, /<th scope="row">TensorFlow<\/th><td>2\.21\.0</);
  assert.match(page, /two &lt;notebooks&gt;/);
  const [commands, citation] = [
    ...parse(page).querySelectorAll("[data-copy] pre"),
  ]
    .map((node) => node.textContent);
  assert.equal(
    commands.replaceAll("<br>", "\n"),
    `git checkout ${commit.hash}\ndeno task reproduce --profile toy`,
  );
  assert.match(citation, /@article\{maher2021instance/);
});

Deno.test("writeIndexPage() writes nothing without a manifest", () =>
  inFolder(async (folder) => {
    assert.equal(await writeIndexPage(folder), undefined);
  }));

/** Copies a committed profile and writes its page anew. */
async function committedPage(profile: string, parent: string) {
  for (const name of ["quick", "regimes", "synthetic"]) {
    await copy(join(ROOT, "results", name), join(parent, name));
  }
  const folder = join(parent, profile);
  return {
    folder,
    page: await Deno.readTextFile((await writeIndexPage(folder))!),
  };
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(join(from, name), join(to, name));
    else await Deno.copyFile(join(from, name), join(to, name));
  }
}

for (const profile of ["quick", "regimes", "synthetic"]) {
  Deno.test(`the page of ${profile} has no dead link, and stands alone`, () =>
    inFolder(async (parent) => {
      const { folder, page } = await committedPage(profile, parent);
      assert.deepEqual(externalAddresses(page), []);
      assert(page.length < 3e6, `${page.length} bytes`);
      const document = parse(page);
      const links = [...document.querySelectorAll("a[href]")]
        .map((link) => link.getAttribute("href")!);
      const dead = links.filter((link) => !/^(https:|data:)/.test(link))
        .filter((link) => {
          const [path, anchor] = link.split("#");
          if (path !== "") return !existsSync(join(folder, path));
          return document.getElementById(anchor) === null;
        });
      assert.deepEqual(dead, []);
    }));

  Deno.test(`the page of ${profile}: captions differ, figures have descriptions`, () =>
    inFolder(async (parent) => {
      const { page } = await committedPage(profile, parent);
      const document = parse(page);
      const captions = [...document.querySelectorAll("caption, figcaption")]
        .map((node) => node.textContent.trim());
      assert(captions.length > 3);
      assert.equal(
        new Set(captions).size,
        captions.length,
        captions.join("\n"),
      );
      const figures = document.querySelectorAll("figure");
      assert(figures.length > 0);
      for (const figure of figures) {
        const svg = figure.querySelector("svg")!;
        assert.equal(svg.getAttribute("role"), "img");
        assert(svg.getAttribute("aria-label")!.length > 20);
      }
      // Labels on groups without a role are not announced.
      assert.equal(document.querySelectorAll("g[aria-label]").length, 0);
      const hyphens = textOf(page, ".layout").match(/(^|[\s([])-\d\S*/g) ?? [];
      assert.deepEqual(hyphens, []);
    }));
}
