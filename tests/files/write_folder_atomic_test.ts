import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFolderAtomic } from "../../lib/files/write_folder_atomic.ts";

Deno.test("writeFolderAtomic() leaves the folder whole, or nothing", async () => {
  const root = await Deno.makeTempDir();
  try {
    const write = (name: string, fails: boolean) =>
      writeFolderAtomic(join(root, name), async (folder) => {
        await Deno.writeTextFile(join(folder, "a"), "1");
        if (fails) throw new Error("half-way");
      });
    await assert.rejects(write("below/failed", true), /half-way/);
    assert.deepEqual([...Deno.readDirSync(join(root, "below"))], []);
    await Deno.mkdir(join(root, "empty"));
    for (const name of ["new", "empty"]) {
      await write(name, false);
      assert.equal(await Deno.readTextFile(join(root, name, "a")), "1");
    }
    await assert.rejects(write("new", false), {
      name: "BadInput",
      message: `Cannot write into ${join(root, "new")} as it must be new or ` +
        "empty: it holds a",
    });
    const names = [...Deno.readDirSync(root)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["below", "empty", "new"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
