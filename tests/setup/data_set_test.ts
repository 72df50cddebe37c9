import { deepStrictEqual } from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

Deno.test("loadDataset() runs without npm packages", async () => {
  // The process of set-up installs the packages and then looks for the data.
  const root = await Deno.makeTempDir();
  try {
    for (const name of ["lib", "deno.json", "deno.lock", "package.json"]) {
      await cp(join(ROOT, name), join(root, name), { recursive: true });
    }
    await cp(join(ROOT, "data", "excerpt"), join(root, "data", "excerpt"), {
      recursive: true,
    });
    await Deno.writeTextFile(
      join(root, "read.ts"),
      `const { loadDataset } = await import("./lib/data/dataset.ts");
      console.log((await loadDataset("excerpt")).train.labels.length);`,
    );
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", join(root, "read.ts")],
      cwd: root,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    deepStrictEqual(text.decode(stdout), "1000\n", text.decode(stderr));
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
