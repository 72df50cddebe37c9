import assert from "node:assert/strict";
import { join } from "node:path";
import { writeFolderAtomic } from "../../lib/files/write_folder_atomic.ts";
import { inFolder } from "../cli/program.ts";

Deno.test("writeFolderAtomic() leaves the complete folder or nothing", async () => {
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
        "empty: it contains a",
    });
    const names = [...Deno.readDirSync(root)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["below", "empty", "new"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("writeFolderAtomic() removes folders of killed writers", async () => {
  const root = await Deno.makeTempDir();
  try {
    const folder = join(root, "out");
    const module = new URL(
      "../../lib/files/write_folder_atomic.ts",
      import.meta.url,
    ).href;
    const code = `import { writeFolderAtomic } from ${JSON.stringify(module)};
      const fill = (to) => Deno.writeTextFile(to + "/a", "1");
      const rename = () => Deno.kill(Deno.pid, "SIGKILL");
      await writeFolderAtomic(${JSON.stringify(folder)}, fill, { rename });`;
    const { signal } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
    }).output();
    assert.equal(signal, "SIGKILL");
    const [left, ...others] = [...Deno.readDirSync(root)];
    assert.match(left.name, /^out\.partial-\d+-[0-9a-f]{8}$/);
    assert.deepEqual(others, []);
    await writeFolderAtomic(
      `${folder}/`,
      (to) => Deno.writeTextFile(join(to, "a"), "2"),
    );
    assert.equal(await Deno.readTextFile(join(folder, "a")), "2");
    const names = [...Deno.readDirSync(root)].map(({ name }) => name);
    assert.deepEqual(names, ["out"]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("writeFolderAtomic() refuses a folder that another process fills meanwhile", () =>
  inFolder(async (root) => {
    const folder = join(root, "run");
    const fill = async (temporary: string) => {
      await Deno.writeTextFile(join(temporary, "a.txt"), "mine");
      await Deno.mkdir(folder);
      await Deno.writeTextFile(join(folder, "b.txt"), "other");
    };
    await assert.rejects(writeFolderAtomic(folder, fill), {
      name: "BadInput",
      message: `Cannot write into ${folder} as it must be new or empty: ` +
        "it contains b.txt",
    });
    const names = (path: string) =>
      [...Deno.readDirSync(path)].map(({ name }) => name);
    assert.deepEqual([names(root), names(folder)], [["run"], ["b.txt"]]);
  }));
