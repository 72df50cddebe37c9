import assert from "node:assert/strict";
import { join } from "node:path";
import { externalAddresses } from "../../lib/reproduce/external_addresses.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { type Headline, writeHeadline } from "../../lib/reports/headlines.ts";
import { verdictTone } from "../../lib/reports/tables/score_styles.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { type Manifest, writeManifest } from "../../lib/reproduce/manifest.ts";

const tableOf: (...options: Parameters<typeof table>) => Headline = (
  ...options
) => ({ kind: "table", table: table(...options).shown() });

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
    name: "01_teacher",
    title: "Over<confidence>",
    seconds: 130,
    finished: "2026-05-04T03:02:00.000Z",
    fingerprint: "",
    commit,
  }],
  runs: ["run-a", "run-b"],
};

async function indexOf(
  files: Readonly<Record<string, string>>,
  headlines: Readonly<Record<string, Headline>> = {},
) {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(join(folder, "tables"));
  await Deno.mkdir(join(folder, "figures"));
  await writeManifest(folder, manifest);
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
  for (const [name, headline] of Object.entries(headlines)) {
    await writeHeadline(folder, name, headline);
  }
  const page = await Deno.readTextFile((await writeIndexPage(folder))!);
  await Deno.remove(folder, { recursive: true });
  return page;
}

Deno.test("writeIndexPage() shows headlines in full and links to other files", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" aria-label="A gap"/>';
  const page = await indexOf({
    "tables/headline.md": "| method | ECE |\n| :-- | --: |\n| ils | 1.30 |\n",
    "tables/headline.csv": "method,ece\r\nils,1.30\r\n",
    "tables/students.md": "| a |\n| - |\n| elsewhere |\n",
    "figures/07-headline-ece.svg": svg,
    "figures/tsne.svg": svg,
  }, {
    headline: tableOf([{ method: "ils", ece: 1.3 }], {
      columns: ["method", { key: "ece", digits: 2 }],
    }),
  });
  assert.match(
    page,
    /<td style="text-align:right;[^"]*;white-space:nowrap">1\.30<\/td>/,
  );
  assert.match(page, /<img alt="A gap" src="data:image\/svg\+xml;base64,PHN2/);
  assert.match(page, /href="tables\/headline\.csv">csv</);
  assert.match(page, /href="tables\/students\.md">md</);
  assert.match(page, /href="figures\/tsne\.svg">svg</);
  assert.doesNotMatch(page, /elsewhere/);
  assert.deepEqual(externalAddresses(page), []);
});

Deno.test("writeIndexPage() shows sentences and first table, then notebooks, then details", async () => {
  const page = await indexOf({
    "figures/07-headline-1.svg": '<svg aria-label="A figure"/>',
    "tables/07-headline-1-results.md": "| first |\n",
  }, {
    "07-headline-0-outcome": {
      kind: "text",
      sentences: ["7 of 30, *so*", "T < 1"],
    },
    "07-headline-1-results": tableOf([{ first: 1 }]),
    "07-headline-2-differences": tableOf([{ second: 1 }]),
  });
  const positions = [
    '<ul class="text">\n<li>7 of 30, *so*</li>\n<li>T &lt; 1</li>\n</ul>',
    ">first</th>",
    "<h2>Notebooks</h2>",
    'alt="A figure"',
    ">second</th>",
    "<h2>Tables and figures</h2>",
  ].map((text) => page.indexOf(text));
  assert(positions.every((at) => at > 0), String(positions));
  assert.deepEqual(positions, positions.toSorted((a, b) => a - b));
});

Deno.test("writeIndexPage() colours verdicts", async () => {
  const verdicts = ["same direction", "other direction", "undecided", "worse"];
  const page = await indexOf({}, {
    headline: tableOf(verdicts.map((verdict, row) => ({ row, verdict })), {
      columns: ["row", {
        key: "verdict",
        tone: ({ verdict }) => verdictTone(String(verdict)),
      }],
    }),
  });
  const colourOf = (verdict: string) =>
    new RegExp(
      `<td style="[^"#]*(#\\w{6}|nowrap)[^"#]*(?:#111[^"]*)?">${verdict}<`,
    )
      .exec(page)?.[1];
  assert.equal(colourOf("same direction"), "#d8efe3");
  assert.equal(colourOf("other direction"), "#fbdcd2");
  assert.equal(colourOf("worse"), "#fbdcd2");
  assert.match(
    page,
    /<td style="text-align:left;[^"#]*;white-space:nowrap">undeci/,
  );
});

Deno.test("writeIndexPage() shows provenance and times", async () => {
  const page = await indexOf({});
  assert.match(page, /href="notebooks\/01_teacher\.html">Over&lt;confide/);
  assert.match(page, />2 min 10 s</);
  assert.match(page, /0123456789ab<\/code> with uncommitted changes/);
  assert.match(page, /<th>TensorFlow<\/th><td>2\.21\.0</);
  assert.match(page, /<td>2, listed in/);
  assert.match(page, /two &lt;notebooks&gt;/);
});

Deno.test("writeIndexPage() writes nothing without a manifest", async () => {
  const folder = await Deno.makeTempDir();
  assert.equal(await writeIndexPage(folder), undefined);
  await Deno.remove(folder);
});
