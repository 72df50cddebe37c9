import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, writeManifest } from "../../lib/reproduce/manifest.ts";
import { writeSite } from "../../lib/reproduce/site.ts";
import { toyProject } from "./toy_notebook.ts";

const MANIFEST: Manifest = {
  profile: "",
  summary: "",
  written: "",
  versions: {},
  device: "",
  commit: null,
  seconds: 1,
  notebooks: [],
  runs: [],
};

/** A project with the results of these profiles and a reference. */
async function project(profiles: readonly string[]) {
  const toy = await toyProject({ "01_toy": ["# Toy"] });
  const reference = join(toy.root, "dist", "docs");
  await Deno.mkdir(reference, { recursive: true });
  await Deno.writeTextFile(join(reference, "index.html"), "the reference");
  for (const profile of profiles) {
    const folder = join(toy.root, "results", profile);
    await Deno.mkdir(join(folder, "notebooks"), { recursive: true });
    await Deno.writeTextFile(join(folder, "index.html"), profile);
    await Deno.writeTextFile(join(folder, "notebooks", "a.html"), "page");
    const summary = `${profile} < all`;
    await writeManifest(folder, { ...MANIFEST, profile, summary });
  }
  const out = join(toy.root, "dist", "site");
  return { ...toy, reference, inspect: "the page of inspect", out };
}

Deno.test("writeSite() publishes results and reference, with links that work", async () => {
  await using given = await project(["quick", "smoke", "standard"]);
  const { root, reference, inspect, out } = given;
  await Deno.mkdir(join(root, "results", "runs", "r"), { recursive: true });
  await Deno.mkdir(out, { recursive: true });
  await Deno.writeTextFile(join(out, "old.html"), "of an earlier site");
  await writeSite(out, { root, reference, inspect });
  const page = await Deno.readTextFile(join(out, "index.html"));
  const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, to]) => to);
  assert.deepEqual(links, [
    "results/quick/index.html",
    "results/standard/index.html",
    "inspect.html",
    "api/index.html",
  ]);
  for (const link of links) assert(existsSync(join(out, link)), link);
  assert.match(page, /quick &lt; all/);
  // Pages of results link to their notebooks by relative paths.
  assert(existsSync(join(out, "results", "quick", "notebooks", "a.html")));
  assert(existsSync(join(out, "notebooks", "01_toy.ipynb")));
  assert.deepEqual(
    [...Deno.readDirSync(join(out, "results"))].map((e) => e.name).sort(),
    ["quick", "standard"],
  );
  assert(!existsSync(join(out, "old.html")));
});

Deno.test("writeSite() says what is missing", async () => {
  await using nothing = await project([]);
  await assert.rejects(
    writeSite(nothing.out, nothing),
    /^BadInput: Cannot write a site as there is no results: reproduce a profile first$/,
  );
  await using given = await project(["quick"]);
  await Deno.remove(given.reference, { recursive: true });
  await assert.rejects(
    writeSite(given.out, given),
    /^BadInput: Cannot write a site as there is no reference in .*docs: write it first$/,
  );
});
