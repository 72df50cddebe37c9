import assert from "node:assert/strict";
import { join } from "node:path";
import { renderReport } from "../../lib/reproduce/render_report.ts";
import { toyProject, writeToy } from "./toy_notebook.ts";

Deno.test("renderReport() renders the executed notebooks", async () => {
  await using project = await toyProject({});
  const { root } = project;
  const folder = join(root, "results", "toy", "notebooks");
  await Deno.mkdir(folder, { recursive: true });
  await writeToy(join(folder, "01_one.ipynb"), ["# One"]);
  await writeToy(join(folder, "02_two.ipynb"), ["# Two"]);
  const pages = await renderReport("toy", { root });
  assert.deepEqual(pages, [
    join(folder, "01_one.html"),
    join(folder, "02_two.html"),
  ]);
  assert.match(await Deno.readTextFile(pages[1]), /<title>Two<\/title>/);
});

Deno.test("renderReport() says how to get missing notebooks", async () => {
  await using project = await toyProject({});
  await assert.rejects(
    renderReport("quick", { root: project.root }),
    /^BadInput: Cannot render .*quick as it has no executed notebooks: reproduce the profile quick first$/,
  );
});
