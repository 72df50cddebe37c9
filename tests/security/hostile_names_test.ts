/** Text from data through every writer of tables, figures and pages. */
import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { textTable } from "../../lib/cli/terminal/text_table.ts";
import { printable } from "../../lib/cli/terminal/printable.ts";
import { pointsOf } from "../../lib/matrix_kinds.ts";
import { embeddingScatter } from "../../lib/plots/embedding_scatter.ts";
import { scriptJson } from "../../lib/reports/interactive/script_json.ts";
import { contentPolicy } from "../../lib/reports/pages/content_policy.ts";
import { htmlPage } from "../../lib/reports/pages/html_page.ts";
import {
  tablesMarkdown,
  tablesPage,
} from "../../lib/reports/pages/tables_page.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { quietly } from "../plots/figure_check.ts";
import { HOSTILE } from "./hostile_names.ts";

/** Elements and attributes that would run or load something. */
function dangers(html: string, type: "text/html" | "image/svg+xml"): string[] {
  const document = new DOMParser().parseFromString(html, type);
  const found: string[] = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName.toLowerCase();
    if (/^(script|img|iframe|object|embed|base)$/.test(name)) found.push(name);
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) found.push(attribute);
      if (/^\s*javascript:/i.test(value)) found.push(value);
    }
  }
  return found;
}

const COLUMNS = (name: string) => [{ [name]: 1, class: name, score: -0.5 }];

for (const name of HOSTILE) {
  const label = JSON.stringify(name);

  Deno.test(`a table with ${label} is only text in HTML`, () => {
    const html = table(COLUMNS(name), { caption: name }).html();
    assert.deepEqual(dangers(html, "text/html"), []);
    const document = new DOMParser().parseFromString(html, "text/html");
    const cells = [...document.querySelectorAll("td, th, caption")]
      .filter(({ textContent }) =>
        textContent.replace(/\s/g, "") ===
          name.replace(/\s/g, "").replace("\0", "")
      );
    assert.equal(cells.length, 3, "heading, cell and caption");
  });

  Deno.test(`a table with ${label} keeps its cells in Markdown`, () => {
    const text = table(COLUMNS(name), { caption: name }).markdown();
    const lines = text.trimEnd().split("\n");
    assert.equal(lines.length, 5);
    const bars = (line: string) => line.match(/(?<!\\)\|/g)!.length;
    assert.deepEqual(lines.slice(2).map(bars), [4, 4, 4]);
    assert.doesNotMatch(text, /<(?!br>)[a-z/!]|(?<!\\)\]\(|(?<!\\)[`$]/i);
  });

  Deno.test(`a table with ${label} has no formulas in CSV`, () => {
    const lines = table(COLUMNS(name)).csv();
    for (const field of fieldsOf(lines)) {
      assert.match(field, /^(?![=+@\t\r]|-(?!0\.5$))/);
    }
    assert(fieldsOf(lines).includes("-0.5"), "numbers stay numbers");
    // The name itself is still there.
    assert(fieldsOf(lines).some((field) => field.endsWith(name)));
  });

  Deno.test(`a table with ${label} is one line on a terminal, without control characters`, () => {
    const text = printable(textTable(table(COLUMNS(name))));
    assert.equal(text.trimEnd().split("\n").length, 2);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(text, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  });

  Deno.test(`a page and a document with ${label} are only text`, async () => {
    const content = {
      title: name,
      lines: [name],
      tables: [table(COLUMNS(name))],
    };
    const html = await tablesPage(content);
    assert.deepEqual(dangers(html, "text/html"), []);
    const markdown = tablesMarkdown(content);
    assert.doesNotMatch(markdown, /<(?!br>)[a-z/!]|(?<!\\)\]\(/i);
  });

  Deno.test(`${label} cannot end the data of a page`, () => {
    const json = scriptJson({ name });
    assert.doesNotMatch(json, /</);
    assert.deepEqual(JSON.parse(json), { name });
  });
}

Deno.test("a figure with hostile class names has only their text", () => {
  const points = pointsOf(HOSTILE.map((_, i) => [i, i * i]));
  const labels = Int32Array.from(HOSTILE.keys());
  const { svg } = quietly(() =>
    embeddingScatter(points, labels, {
      classNames: HOSTILE,
      title: HOSTILE[0],
    })
  );
  assert.deepEqual(dangers(svg, "image/svg+xml"), []);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(svg, /[\x00-\x08\x0b\x0c\x0e-\x1f]/);
});

Deno.test("a page's policy allows its own scripts and nothing else", () => {
  const html = htmlPage({ title: "T", css: "", main: "<p>a</p>" });
  assert(html.includes(`content="${contentPolicy()}"`));
  assert.doesNotMatch(contentPolicy(), /script-src|https?:|\*/);
  assert.match(contentPolicy(), /^default-src 'none'; /);
  // Before anything that it restricts.
  assert(html.indexOf("Content-Security-Policy") < html.indexOf("<style"));
});

/** The fields of a CSV text. */
function fieldsOf(text: string): string[] {
  const fields = text.matchAll(
    /(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^,"\r\n]*))/g,
  );
  return Array.from(
    fields,
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
  );
}
