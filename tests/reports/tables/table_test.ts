import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { jupyterDisplay } from "../../../lib/jupyter_display.ts";
import { table } from "../../../lib/reports/tables/table.ts";

const EVIL = `<script>alert("1")</script> & 'co'`;

const RECORDS = [
  { method: "ce", ece: 0.0561, eceStdev: 0.0042, scaled: false },
  { method: "ils", ece: 0.0213, eceStdev: null, scaled: true },
  { method: "ls", ece: NaN, eceStdev: null, scaled: true },
];

const COLUMNS = ["method", {
  key: "ece",
  title: "ECE, %",
  factor: 100,
  digits: 2,
  stdev: "eceStdev",
  best: "lowest",
}] as const;

/** The texts of all elements that match a selector. */
function texts(html: string, selector: string): string[] {
  const { document } = parseHTML(
    `<html><body>${html}</body></html>`,
  ) as unknown as {
    document: {
      querySelectorAll(css: string): Iterable<{ textContent: string }>;
    };
  };
  return [...document.querySelectorAll(selector)].map((c) => c.textContent);
}

Deno.test("table() prints mean ± stdev, and a dash for a missing number", () => {
  const html = table(RECORDS, { columns: COLUMNS }).html();
  assert.deepEqual(texts(html, "thead th[scope=col]"), ["method", "ECE, %"]);
  assert.deepEqual(texts(html, "tbody th[scope=row]"), ["ce", "ils", "ls"]);
  assert.deepEqual(texts(html, "tbody td"), ["5.61 ± 0.42", "2.13", "–"]);
});

Deno.test("table() aligns numbers right and names left, with the best in bold", () => {
  const html = table(RECORDS, { columns: COLUMNS, caption: "Errors" }).html();
  const right = texts(html, "[style*='text-align:right']");
  assert.deepEqual(right, ["ECE, %", "5.61 ± 0.42", "2.13", "–"]);
  assert.deepEqual(texts(html, "td[style*='font-weight:bold']"), ["2.13"]);
  assert.deepEqual(texts(html, "table > caption"), ["Errors"]);
});

Deno.test("table() marks every number that is printed like the best one", () => {
  const records = [{ a: 0.501 }, { a: 0.499 }, { a: 0.4 }];
  const best = table(records, {
    columns: [{ key: "a", digits: 1, best: "highest" }],
  });
  assert.deepEqual(
    best.markdown().split("\n").slice(2, 5),
    ["| **0.5** |", "| **0.5** |", "| 0.4 |"],
  );
});

Deno.test("table() colours a cell by its record", () => {
  const html = table(RECORDS, {
    columns: [{
      key: "method",
      tone: ({ scaled }) => scaled ? "good" : undefined,
    }],
  }).html();
  assert.deepEqual(texts(html, "[style*='#d8efe3']"), ["ils", "ls"]);
});

Deno.test("table() escapes names from data in HTML", () => {
  const html = table([{ [EVIL]: EVIL }], { caption: EVIL }).html();
  assert.doesNotMatch(html, /<script/);
  assert.deepEqual(texts(html, "caption, th"), [EVIL, EVIL, EVIL]);
});

Deno.test("table() writes Markdown with numbers aligned right", () => {
  const caption = "Errors";
  assert.equal(
    table(RECORDS, { columns: COLUMNS, caption }).markdown(),
    [
      "**Errors**",
      "",
      "| method | ECE, % |",
      "| :--- | ---: |",
      "| ce | 5.61 ± 0.42 |",
      "| ils | **2.13** |",
      "| ls | – |",
      "",
    ].join("\n"),
  );
});

Deno.test("table() escapes bars, tags and line ends in a Markdown cell", () => {
  const lines = table([{ a: "x|y *z* <b>\nnext" }]).markdown().split("\n");
  assert.equal(lines[2], "| x\\|y \\*z\\* &lt;b><br>next |");
});

Deno.test("table() writes all keys and digits as CSV (RFC 4180)", () => {
  const records = [
    { name: `a,"b"`, value: 1 / 3 },
    { name: "two\nlines", value: NaN, more: true },
  ];
  assert.equal(
    table(records, { columns: ["name"] }).csv(),
    `name,value,more\r\n"a,""b""",0.3333333333333333,\r\n` +
      `"two\nlines",,true\r\n`,
  );
});

Deno.test("table() writes numbers with counts as CSV as they are, but no formula", () => {
  const texts = ["+1.16 (3/1)", "-0.5 %", "+1+1", "-2 (x)", "=1"];
  const lines = table(texts.map((a) => ({ a }))).csv();
  assert.equal(
    lines,
    "a\r\n+1.16 (3/1)\r\n-0.5 %\r\n'+1+1\r\n'-2 (x)\r\n'=1\r\n",
  );
});

Deno.test("table() writes the records as JSON, without rounding", () => {
  const json = table(RECORDS, { columns: COLUMNS }).json();
  assert.deepEqual(JSON.parse(json), [
    RECORDS[0],
    RECORDS[1],
    { ...RECORDS[2], ece: null },
  ]);
});

Deno.test("table() without digits prints six significant ones", () => {
  const html = table([{ a: 1 / 3, b: 12, c: -0.0001 }], {
    columns: ["a", "b", { key: "c", digits: 2 }],
  }).html();
  assert.deepEqual(texts(html, "tbody > tr > *"), ["0.333333", "12", "0.00"]);
});

Deno.test("table() is displayed in a notebook as HTML and Markdown", () => {
  const shown = table(RECORDS);
  const bundle = shown[jupyterDisplay]();
  assert.equal(bundle["text/html"], shown.html());
  assert.equal(bundle["text/markdown"], shown.markdown());
});

Deno.test("table() of no records has headings", () => {
  const empty = table([], { columns: ["method"] });
  assert.deepEqual(texts(empty.html(), "th"), ["method"]);
  assert.equal(empty.csv(), "method\r\n");
  assert.equal(empty.json(), "[]\n");
});
