import assert from "node:assert/strict";
import { join } from "node:path";
import {
  headlineHtml,
  isHeadline,
  readHeadlines,
  writeHeadline,
} from "../../lib/reports/headlines.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { inFolder } from "../cli/program.ts";

const RECORDS = [
  { method: "ce", ece: 0.021, verdict: "worse" },
  { method: "a|b <img src=x> **c** &amp; \\d", ece: 0.013, verdict: "better" },
];

const TABLE = table(RECORDS, {
  caption: "Errors",
  columns: ["method", {
    key: "ece",
    title: "ECE, %",
    factor: 100,
    digits: 2,
    best: "lowest",
  }, {
    key: "verdict",
    tone: ({ verdict }) => verdict === "worse" ? "bad" : "good",
  }],
});

Deno.test("headlineHtml() of a saved table is the HTML of the table", () =>
  inFolder(async (folder) => {
    await writeHeadline(folder, "07-headline-1", {
      kind: "table",
      table: TABLE.shown(),
    });
    const [headline] = await readHeadlines(folder);
    const html = headlineHtml(headline);
    assert.equal(html, TABLE.html());
    assert(html.includes(">Errors</caption>"));
    assert(html.includes(">a|b &lt;img src=x&gt; **c** &amp;amp; \\d</th>"));
    assert.match(html, /text-align:right[^>]*font-weight:bold[^>]*>1\.30</);
    assert.match(html, /background:#fbdcd2[^>]*>worse</);
  }));

Deno.test("readHeadlines() returns headlines in the order of their names", () =>
  inFolder(async (folder) => {
    assert.deepEqual(await readHeadlines(folder), []);
    const text = (words: string) =>
      ({ kind: "text", sentences: [words, "T < 1"] }) as const;
    await writeHeadline(folder, "07-headline-2", text("second"));
    await writeHeadline(folder, "07-headline-1", text("first"));
    const headlines = await readHeadlines(folder);
    assert.deepEqual(headlines, [text("first"), text("second")]);
    assert.equal(
      headlineHtml(headlines[0]),
      '<ul class="text">\n<li>first</li>\n<li>T &lt; 1</li>\n</ul>',
    );
  }));

Deno.test("readHeadlines() refuses a damaged headline with its path and the key", () =>
  inFolder(async (folder) => {
    await writeHeadline(folder, "headline", { kind: "text", sentences: [] });
    const path = join(folder, "headlines", "headline.json");
    await Deno.writeTextFile(path, '{"kind": "text", "sentences": [1]}');
    await assert.rejects(
      readHeadlines(folder),
      (error: Error) =>
        error.name === "BadInput" && error.message.startsWith(path) &&
        error.message.includes("sentences"),
    );
  }));

Deno.test("isHeadline() checks the beginning of a name", () => {
  const names = [
    "headline",
    "07-headline-1-results",
    "07-results",
    "a-headline",
  ];
  assert.deepEqual(names.map(isHeadline), [true, true, false, false]);
});
