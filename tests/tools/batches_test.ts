import { deepStrictEqual, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { batchesOf, testFiles } from "../../tools/test/batches.ts";
import slowFiles from "../../tools/test/slow_files.json" with { type: "json" };

Deno.test("batchesOf() runs slow files alone, the slowest first", () => {
  const slow = { "b": 3, "d": 9, "other": 100 };
  deepStrictEqual(
    batchesOf(["a", "b", "c", "d", "e", "f"], slow, 3),
    [["d"], ["b"], ["a", "c", "e"], ["f"]],
  );
});

Deno.test("testFiles() finds the same files as deno test", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const names = ["a_test.ts", "b.test.js", "test.ts", "contest.ts", "a.ts"];
    for (const name of [...names, "sub/c_test.ts", "node_modules/d_test.ts"]) {
      const path = join(folder, name);
      await Deno.mkdir(join(path, ".."), { recursive: true });
      await Deno.writeTextFile(path, "");
    }
    deepStrictEqual(
      testFiles(folder),
      ["a_test.ts", "b.test.js", "sub/c_test.ts", "test.ts"]
        .map((name) => join(folder, name)),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("every file listed as slow exists", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  for (const name of Object.keys(slowFiles)) {
    ok(existsSync(join(root, name)), `tools/test/slow_files.json: ${name}`);
  }
});
