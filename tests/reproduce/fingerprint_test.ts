import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { fingerprintOf } from "../../lib/reproduce/fingerprint.ts";
import { toyProject, writeToy } from "./toy_notebook.ts";

const TEMPLATE = join(ROOT, "lib", "reproduce", "nbconvert_template");

function filesBelow(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(folder, name)) : [join(folder, name)]
  );
}

Deno.test("fingerprintOf() changes with every file that makes the page", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "lib"));
    await Deno.mkdir(join(root, "notebooks"));
    const notebook = join(root, "notebooks", "01_toy.ipynb");
    await writeToy(notebook, ["# Toy", "1"]);
    const makers = [
      ...filesBelow(TEMPLATE).map((path) => relative(ROOT, path)),
      ...[
        "lib/reproduce/render_notebooks.py",
        "lib/reports/pages/page.css",
        "lib/some.ts",
      ],
    ];
    const seen = [await fingerprintOf(root, notebook)];
    for (const maker of makers) {
      await Deno.mkdir(dirname(join(root, maker)), { recursive: true });
      await Deno.writeTextFile(join(root, maker), "changed");
      const now = await fingerprintOf(root, notebook);
      assert(!seen.includes(now), maker);
      seen.push(now);
    }
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("fingerprintOf() depends on the sources of a notebook, not on what a front end saves", async () => {
  await using project = await toyProject({ "01_toy": ["# Toy", "1 + 1"] });
  const { root } = project;
  const path = join(root, "notebooks", "01_toy.ipynb");
  const before = await fingerprintOf(root, path);
  const raw = JSON.parse(await Deno.readTextFile(path));
  raw.metadata.language_info = { name: "typescript", version: "9" };
  raw.metadata.widgets = {};
  const [, code] = raw.cells;
  code.id = "another";
  code.metadata = { collapsed: false, "vscode": { languageId: "typescript" } };
  code.execution_count = 7;
  code.outputs = [{ output_type: "stream", name: "stdout", text: ["2\n"] }];
  code.source = ["1", " + 1"];
  await Deno.writeTextFile(path, JSON.stringify(raw, null, 4));
  assert.equal(await fingerprintOf(root, path), before);
  for (const change of [{ source: ["1 + 2"] }, { metadata: { tags: ["x"] } }]) {
    const cells = [raw.cells[0], { ...code, ...change }];
    await Deno.writeTextFile(path, JSON.stringify({ ...raw, cells }));
    assert.notEqual(await fingerprintOf(root, path), before);
  }
});
