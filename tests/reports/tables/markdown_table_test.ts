import assert from "node:assert/strict";
import { markdownTableHtml } from "../../../lib/reports/tables/markdown_table.ts";
import { table } from "../../../lib/reports/tables/table.ts";

Deno.test("markdownTableHtml() keeps headings, sides, bold and caption", () => {
  const html = markdownTableHtml(`**Errors**

| method | ECE |
| :--- | ---: |
| ce | 2.10 |
| ils | **1.30** |
`);
  assert.equal(
    html,
    "<table><caption><strong>Errors</strong></caption>" +
      '<thead><tr><th style="text-align:left">method</th>' +
      '<th style="text-align:right">ECE</th></tr></thead>\n' +
      '<tbody><tr><td style="text-align:left;white-space:nowrap">ce</td>' +
      '<td style="text-align:right;white-space:nowrap">2.10</td></tr>\n' +
      '<tr><td style="text-align:left;white-space:nowrap">ils</td>' +
      '<td style="text-align:right;white-space:nowrap"><strong>1.30</strong></td></tr>' +
      "</tbody></table>",
  );
});

Deno.test("names with bars, tags and stars come through as they are", () => {
  const name = "a|b <img src=x> **c** &amp; \\d";
  const html = markdownTableHtml(table([{ name }]).markdown())!;
  assert.match(
    html,
    /<td[^>]*>a\|b &lt;img src=x&gt; \*\*c\*\* &amp;amp; \\d<\/td>/,
  );
});

Deno.test("markdownTableHtml() gives nothing for text without a table", () => {
  assert.equal(markdownTableHtml("# Only words\n\n| and a bar"), undefined);
});
