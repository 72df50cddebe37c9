import assert from "node:assert/strict";
import { join } from "node:path";
import { externalAddresses } from "../../lib/reproduce/external_addresses.ts";
import {
  pageOf,
  renderNotebooks,
} from "../../lib/reproduce/render_notebooks.ts";
import { scriptHash } from "../../lib/reports/interactive/script_hash.ts";
import { contentPolicy } from "../../lib/reports/pages/content_policy.ts";
import { toyProject } from "./toy_notebook.ts";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>';

/** The page of an executed notebook with one text cell and these outputs. */
async function render(
  text: string,
  outputs: readonly unknown[] = [],
  series?: readonly string[],
) {
  await using project = await toyProject({});
  const { root } = project;
  const folder = join(root, "results", "toy", "notebooks");
  await Deno.mkdir(folder, { recursive: true });
  const path = join(folder, "01_toy.ipynb");
  const executed = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      language_info: { name: "typescript" },
      execution: {
        profile: "toy",
        seconds: 61,
        finished: "2026-05-04T03:02:01Z",
      },
    },
    cells: [
      { cell_type: "markdown", id: "a", metadata: {}, source: text },
      {
        cell_type: "code",
        id: "b",
        metadata: { seconds: 4.25 },
        execution_count: 1,
        source: "const one: number = 1 < 2 ? 1 : 2;",
        outputs,
      },
    ],
  };
  await Deno.writeTextFile(path, JSON.stringify(executed));
  await renderNotebooks([path], { root, ...(series ? { series } : {}) });
  return await Deno.readTextFile(pageOf(path));
}

const shown = (data: unknown) => ({
  output_type: "display_data",
  metadata: {},
  data,
});

Deno.test("renderNotebooks() writes text, code and all outputs to a self-contained page", async () => {
  const page = await render(
    "# A title\n\nWith [two](02_two.ipynb#end),\n" +
      "[why](../docs/why.md) and [paper](https://arxiv.org/abs/1906.02629).",
    [
      shown({
        "image/svg+xml": `<?xml version="1.0"?>${SVG}`,
        "text/plain": "",
      }),
      shown({ "text/html": "<table><tr><td>1</td></tr></table>" }),
      shown({ "text/plain": "\x1b[33ma <b>\x1b[39m" }),
      { output_type: "stream", name: "stdout", text: "1 < 2\n" },
      { output_type: "stream", name: "stderr", text: "careful\n" },
    ],
  );
  assert.match(page, /<title>A title<\/title>/);
  // Only its own script runs, and nothing is loaded.
  const [, script] = /<script>([^]*?)<\/script>/.exec(page)!;
  assert(page.includes(`content="${contentPolicy([scriptHash(script)])}"`));
  assert.match(page, /<meta name="data-sha256" content="[0-9a-f]{64}">/);
  assert.match(page, /<a href="02_two\.html#end">two<\/a>/);
  assert.match(page, /<a href="\.\.\/\.\.\/\.\.\/docs\/why\.md">why<\/a>/);
  assert.match(page, /<a href="https:\/\/arxiv\.org\/abs\/1906\.02629">/);
  assert(page.includes(`<div class="figure">${SVG}</div>`));
  assert(page.includes("<table><tr><td>1</td></tr></table>"));
  assert(page.includes("<pre>a &lt;b&gt;</pre>"));
  assert(page.includes("<pre>1 &lt; 2\n</pre>"));
  assert.match(page, /<details class="stderr">[^]*careful\n<\/pre><\/details>/);
  assert.match(page, /<span class="kd">const<\/span>/);
  assert.match(page, /<small>4\.2 s<\/small>/);
  assert.match(page, /Profile <b>toy<\/b>, executed in\s+1 min 01 s/);
  assert.deepEqual(externalAddresses(page), []);
});

Deno.test("renderNotebooks() links to the pages of its series, and to other notebooks", async () => {
  const text = "# Title\n\n[two](02_two.ipynb), [nine](09_nine.ipynb#end)";
  const page = await render(text, [], ["01_toy", "02_two"]);
  assert.match(page, /<a href="02_two\.html">/);
  assert.match(
    page,
    /<a href="\.\.\/\.\.\/\.\.\/notebooks\/09_nine\.ipynb#end">/,
  );
});

Deno.test("renderNotebooks() refuses a page that loads another file or host", async () => {
  await assert.rejects(
    render("# Title\n\n![logo](https://example.org/logo.png)"),
    /^Error: Cannot share .*01_toy\.html as one file as it loads https:\/\/example\.org\/logo\.png$/,
  );
  await assert.rejects(
    render("# Title", [shown({ "text/html": '<img src="figure.png">' })]),
    /as it loads figure\.png$/,
  );
});

Deno.test("renderNotebooks() links to the previous and the next page of its series", async () => {
  const series = ["00_start", "01_toy", "02_two"];
  const page = await render("# Title", [], series);
  const links = page.match(/<a rel="[^<]*<\/a>/g);
  const steps = [
    '<a rel="prev" href="00_start.html">← 00_start</a>',
    '<a rel="next" href="02_two.html">02_two →</a>',
  ];
  assert.deepEqual(links, [...steps, ...steps]);
  const first = await render("# Title", [], ["01_toy", "02_two"]);
  assert(!first.includes('rel="prev"') && first.includes('rel="next"'));
  assert(!(await render("# Title")).includes('<nav class="steps"'));
});

Deno.test("renderNotebooks() folds code, with its number and its time", async () => {
  const page = await render("# Title");
  assert.match(
    page,
    /<details class="code">\s*<summary>Code 1 <small>4\.2 s<\/small>\s*<\/summary>\s*<div class="\s*highlight/,
  );
  assert.match(page, /<button type="button" class="show-code" hidden>/);
});

Deno.test("renderNotebooks() gives figures the colours of the reader's theme", async () => {
  const svg = (style: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" ${style}>` +
    '<rect fill="#ffffff"/><path d="M0 0" stroke="#222222"/></svg>';
  const page = await render("# Title", [
    shown({ "image/svg+xml": svg('style="height:auto"') }),
    // Not one of ours, which have a style.
    shown({ "image/svg+xml": svg("") }),
  ]);
  const [ours, foreign] = page.match(/<svg[^]*?<\/svg>/g)!;
  assert.match(ours, /--cffffff:light-dark\(#ffffff,#14171c\)/);
  assert.match(ours, /<rect fill="var\(--cffffff\)"\/>/);
  assert.match(ours, /stroke="var\(--c222222\)"/);
  assert.equal(foreign, svg(""));
});
