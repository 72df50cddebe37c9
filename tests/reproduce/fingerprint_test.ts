import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { fingerprintOf } from "../../lib/reproduce/fingerprint.ts";

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
    await Deno.writeTextFile(notebook, "{}");
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
