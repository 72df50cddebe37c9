/** The committed notebooks where only static output is shown, as on GitHub. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { DOMParser } from "linkedom";
import { namesIn } from "../../lib/files/folders.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { parseNotebook } from "../../lib/reproduce/notebook.ts";
import { pythonOf } from "../../lib/reproduce/project_python.ts";

const RESULTS = join(ROOT, "results");
const PROFILES = ["quick", "synthetic", "regimes"];

/** A figure or text of a cell, as a front end receives it. */
type Bundle = Readonly<Record<string, string | readonly string[]>>;

/** Paths of the committed, executed notebooks. */
async function executed(): Promise<string[]> {
  const folders = PROFILES.map((name) => join(RESULTS, name, "notebooks"));
  const names = await Promise.all(folders.map(namesIn));
  return folders.flatMap((folder, i) =>
    names[i].filter((name) => name.endsWith(".ipynb"))
      .map((name) => join(folder, name))
  );
}

/** What the cells of a notebook show. */
async function bundlesOf(path: string): Promise<Bundle[]> {
  const { cells } = parseNotebook(await Deno.readTextFile(path), path);
  return cells.flatMap(({ outputs }) => outputs)
    .flatMap(({ data }) => data === undefined ? [] : [data as Bundle]);
}

const textOf = (part: Bundle[string] | undefined) =>
  part === undefined ? "" : [part].flat().join("");

Deno.test("each output of a committed notebook has a static form and a text", async () => {
  const paths = await executed();
  assert(paths.length >= PROFILES.length);
  for (const path of paths) {
    for (const bundle of await bundlesOf(path)) {
      assert(textOf(bundle["text/plain"]) !== "", path);
      const isScripted = textOf(bundle["text/html"]).includes("<script");
      assert(!isScripted || "image/svg+xml" in bundle, path);
      assert(Object.keys(bundle).every((type) => !type.includes("script")));
    }
  }
});

Deno.test("a plain rendering shows every figure as an image that contains its description", async () => {
  const path = join(RESULTS, "quick", "notebooks", "02_targets.ipynb");
  const figures = (await bundlesOf(path))
    .filter((bundle) => "image/svg+xml" in bundle);
  const { success, stdout, stderr } = await new Deno.Command(pythonOf(ROOT), {
    args: [
      ...["-m", "nbconvert", "--to=html", "--template=basic", "--stdout"],
      path,
    ],
  }).output();
  const text = new TextDecoder();
  assert(success, text.decode(stderr));
  const page = new DOMParser().parseFromString(
    `<html><body>${text.decode(stdout)}</body></html>`,
    "text/html",
  );
  assert.equal(page.querySelectorAll("script").length, 0);
  // An image has no aria-label of its own; the SVG within it does.
  const shown = [...page.querySelectorAll("img")].map((image) => {
    const [, data] = image.getAttribute("src")!
      .split("data:image/svg+xml;base64,");
    const svg = new DOMParser().parseFromString(
      new TextDecoder().decode(Uint8Array.fromBase64(data)),
      "image/svg+xml",
    ).documentElement!;
    assert.equal(svg.getAttribute("role"), "img");
    return svg.getAttribute("aria-label");
  });
  const alternatives = figures.map((bundle) => textOf(bundle["text/plain"]));
  assert(alternatives.length > 3 && alternatives.every((text) => text !== ""));
  assert.deepEqual(shown, alternatives);
});
