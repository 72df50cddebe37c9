import assert from "node:assert/strict";
import { join } from "node:path";
import { scriptHash } from "../../lib/reports/interactive/script_hash.ts";
import { allowedScripts } from "../../lib/reports/pages/content_policy.ts";
import { htmlPage } from "../../lib/reports/pages/html_page.ts";
import { explorablePage } from "../../lib/reproduce/explorable_page.ts";
import { toyRows } from "../reports/interactive/toy_rows.ts";

const PAGE = htmlPage({
  ...{ title: "Toy", css: "", main: "<p>$& </body></p>\n" },
  scripts: [scriptHash("go()")],
});

/** The page of notebook 06 in a folder with data, or without. */
async function explorable(data?: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "data"));
    const path = join(folder, "data", "06-images.json");
    if (data !== undefined) await Deno.writeTextFile(path, data);
    return await explorablePage(PAGE, join(folder, "notebooks", "06_toy.html"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("explorablePage() leaves the page of a notebook without images as it is", async () => {
  assert.equal(await explorable(), PAGE);
});

Deno.test("explorablePage() embeds what networks say, without the images", async () => {
  const rows = await toyRows();
  const page = await explorable(JSON.stringify(rows));
  const [, json] = /id="images-data">(.*?)<\/script>/.exec(page)!;
  assert.deepEqual(JSON.parse(json), {
    classNames: rows.classNames,
    numbers: rows.numbers,
    models: rows.models.map(({ name, scores }) => ({ name, scores })),
  });
  const [, script] = /<script type="module">([^]*?)<\/script>/.exec(page)!;
  assert.deepEqual(allowedScripts(page), [
    scriptHash("go()"),
    scriptHash(script),
  ]);
  assert.ok(page.includes("<main>\n<p>$& </body></p>\n</main>"));
  // The script draws nothing, so it needs no library for that.
  assert.ok(script.length < 30_000, `${script.length} characters`);
});

Deno.test("explorablePage() refuses damaged data", async () => {
  await assert.rejects(explorable("{}"), { name: "BadInput" });
});
