import assert from "node:assert/strict";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { externalAddresses } from "../../lib/reproduce/external_addresses.ts";
import { writeReportFile } from "../../lib/reproduce/report_file.ts";
import { scriptHash } from "../../lib/reports/interactive/script_hash.ts";
import { contentPolicy } from "../../lib/reports/pages/content_policy.ts";
import { htmlPage } from "../../lib/reports/pages/html_page.ts";

const INDEX = `<h1 id="top">All</h1>
<a href="notebooks/01_one.html">one</a>
<a href="notebooks/02_two.html#Result">result of two</a>
<a href="tables/a%20b.csv">numbers</a>
<a href="../standard/index.html">another profile</a>
<a href="https://arxiv.org/abs/2110.05355">the study</a>
<a href="#top">up</a>
<script type="application/json" id="data">{"a":"\\u003c"}</script>`;

const ONE = `<h1>One</h1><h2 id="Result">Result</h2>
<label for="box">box</label><input id="box">
<svg role="img" aria-labelledby="name text"><title id="name">A</title>
<desc id="text">B</desc></svg>
<a href="../index.html">index</a> <a href="#Result">result</a>
<a href="02_two.html">two</a> <a href="../figures/gone.svg">gone</a>`;

const TWO = `<h1>Two</h1><h2 id="Result">Result</h2>
<a href="01_one.ipynb">source</a>`;

/** The scripts of the toy pages. */
const SCRIPTS = [scriptHash("go()")];

/** A report of two notebooks, as a document. */
async function report() {
  const folder = await Deno.makeTempDir({ prefix: "ils report-" });
  try {
    await Deno.mkdir(join(folder, "notebooks"));
    await Deno.mkdir(join(folder, "tables"));
    await Deno.writeTextFile(join(folder, "tables", "a b.csv"), "x\n1\n");
    const write = (path: string, title: string, main: string) =>
      Deno.writeTextFile(
        join(folder, path),
        htmlPage({ title, css: "p { margin: 0 }", main, scripts: SCRIPTS }),
      );
    await write("index.html", "Results: toy", INDEX);
    await write("notebooks/01_one.html", "01 · One", ONE);
    await write("notebooks/02_two.html", "02 · Two", TWO);
    const html = await Deno.readTextFile(await writeReportFile(folder));
    return {
      html,
      document: new DOMParser().parseFromString(html, "text/html"),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("the report's links lead to its own pages and data, or are text", async () => {
  const { document } = await report();
  const hrefs = Object.fromEntries(
    [...document.querySelectorAll(".page a")]
      .map((link) => [link.textContent, link.getAttribute("href")]),
  );
  assert.deepEqual(hrefs, {
    one: "#page-01_one",
    "result of two": "#page-02_two/Result",
    numbers: `data:text/csv;base64,${btoa("x\n1\n")}`,
    "another profile": null,
    "the study": "https://arxiv.org/abs/2110.05355",
    up: "#top",
    index: "#page-index",
    result: "#page-01_one/Result",
    two: "#page-02_two",
    gone: null,
    source: null,
  });
});

Deno.test("every id of the report is unique, and references follow", async () => {
  const { document } = await report();
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  const targets = [...document.querySelectorAll("a[href^='#']")]
    .map((link) => link.getAttribute("href")!.slice(1));
  const references = ["for", "aria-labelledby"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)]
      .flatMap((node) => node.getAttribute(name)!.split(" "))
  );
  assert.equal(references.length, 3);
  for (const id of [...targets, ...references]) assert.ok(ids.includes(id), id);
});

Deno.test("the report lists its pages, has each style once and loads nothing", async () => {
  const { html, document } = await report();
  const names = [...document.querySelectorAll("nav.pages a")]
    .map(({ textContent }) => textContent);
  assert.deepEqual(names, ["Results", "01 · One", "02 · Two"]);
  assert.equal(html.split("p { margin: 0 }").length, 2);
  assert.deepEqual(externalAddresses(html), []);
  const policy = document.querySelector("meta[http-equiv]")!;
  const scripts = [...document.querySelectorAll("script:not([type])")];
  const ownScript = scriptHash(scripts.at(-1)!.textContent);
  assert.equal(
    policy.getAttribute("content"),
    contentPolicy([ownScript, ...SCRIPTS]),
  );
  const { textContent } = document.querySelector("#data")!;
  assert.deepEqual(JSON.parse(textContent), { a: "<" });
});
