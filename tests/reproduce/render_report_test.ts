import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../lib/files/sha256.ts";
import { readManifest, writeManifest } from "../../lib/reproduce/manifest.ts";
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

Deno.test("renderReport() keeps executed notebooks up to date", async () => {
  await using project = await toyProject({});
  const { root } = project;
  const folder = join(root, "results", "toy");
  await Deno.mkdir(join(folder, "notebooks"), { recursive: true });
  await writeToy(join(folder, "notebooks", "01_one.ipynb"), ["# One"]);
  const record = {
    name: "01_one",
    title: "One",
    seconds: 1,
    finished: "2026-01-01T00:00:00.000Z",
    fingerprint: "",
    commit: null,
    outputs: { "notebooks/01_one.html": "of an earlier template" },
  };
  await writeManifest(folder, {
    profile: "toy",
    summary: "",
    written: "",
    versions: {},
    device: "",
    commit: null,
    seconds: 1,
    notebooks: [record],
    runs: [],
  });
  const [page] = await renderReport("toy", { root });
  const { notebooks: [after] } = (await readManifest(folder))!;
  assert.deepEqual(after.outputs, {
    "notebooks/01_one.html": sha256(await Deno.readTextFile(page)),
  });
});
