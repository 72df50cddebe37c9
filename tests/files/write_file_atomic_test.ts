import assert from "node:assert/strict";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";
import { inFolder } from "../cli/program.ts";

Deno.test("writeFileAtomic() writes text and bytes and replaces old content", async () => {
  await inFolder(async (folder) => {
    await writeFileAtomic(`${folder}/a`, "first, and longer");
    await writeFileAtomic(`${folder}/a`, "größer");
    assert.equal(await Deno.readTextFile(`${folder}/a`), "größer");
    await writeFileAtomic(`${folder}/a`, Uint8Array.of(0, 255));
    assert.deepEqual([...await Deno.readFile(`${folder}/a`)], [0, 255]);
    assert.deepEqual(namesIn(folder), ["a"]);
  });
});

Deno.test("a failing writeFileAtomic() leaves existing files and nothing else", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/taken/inside`, { recursive: true });
    await assert.rejects(writeFileAtomic(`${folder}/taken`, "text"));
    assert.deepEqual(namesIn(folder), ["taken"]);
    await assert.rejects(
      writeFileAtomic(`${folder}/missing/file`, "text"),
      Deno.errors.NotFound,
    );
  });
});

Deno.test("a writeFileAtomic() that fails before the rename leaves the old file intact", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/a`;
    await writeFileAtomic(path, "old");
    const rename = (from: string | URL) => {
      assert.equal(Deno.readTextFileSync(from), "new, and longer");
      return Promise.reject(new Error("no power"));
    };
    await assert.rejects(
      writeFileAtomic(path, "new, and longer", { rename }),
      /no power/,
    );
    assert.equal(await Deno.readTextFile(path), "old");
    assert.deepEqual(namesIn(folder), ["a"]);
  });
});

Deno.test("writeFileAtomic() removes files of killed writers and nothing else", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/a`;
    await writeFileAtomic(path, "old");
    assert.equal(await killedWriter(path), "SIGKILL");
    assert.equal(await Deno.readTextFile(path), "old");
    const left = namesIn(folder).filter((name) => name !== "a");
    assert.equal(left.length, 1);
    assert.match(left[0], /^a\.partial-\d+-[0-9a-f]{8}$/);
    const others = ["a.partial-fetch", "ab.partial-1-01234567", "b"];
    for (const name of others) {
      await Deno.writeTextFile(`${folder}/${name}`, "");
    }
    await writeFileAtomic(path, "new");
    assert.equal(await Deno.readTextFile(path), "new");
    assert.deepEqual(namesIn(folder).sort(), ["a", ...others]);
  });
});

/** The signal that ended a process between writing and renaming. */
async function killedWriter(path: string): Promise<string | null> {
  const module = new URL(
    "../../lib/files/write_file_atomic.ts",
    import.meta.url,
  ).href;
  const code = `import { writeFileAtomic } from ${JSON.stringify(module)};
    const rename = () => Deno.kill(Deno.pid, "SIGKILL");
    await writeFileAtomic(${JSON.stringify(path)}, "new", { rename });`;
  const { signal } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
  }).output();
  return signal;
}

Deno.test("writeFileAtomic() writes the file behind a link and replaces a dangling one", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/far`);
    await Deno.writeTextFile(`${folder}/far/file`, "old");
    for (const [name, to] of [["a", "far/file"], ["b", "nowhere/file"]]) {
      await Deno.symlink(to, `${folder}/${name}`);
      await writeFileAtomic(`${folder}/${name}`, "new");
      assert.equal(await Deno.readTextFile(`${folder}/${name}`), "new");
    }
    assert(Deno.lstatSync(`${folder}/a`).isSymlink);
    assert(Deno.lstatSync(`${folder}/b`).isFile);
    assert.deepEqual(namesIn(`${folder}/far`), ["file"]);
  });
});

Deno.test("concurrent writers of a file leave one complete content", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/a`;
    const contents = Array.from("abcdefghij", (letter) => letter.repeat(5000));
    await Promise.all(contents.map((text) => writeFileAtomic(path, text)));
    assert(contents.includes(await Deno.readTextFile(path)));
    assert.deepEqual(namesIn(folder), ["a"]);
  });
});

Deno.test("a reader during writeFileAtomic() sees the complete old or new content", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/a`;
    const contents = ["x", "y"].map((letter) => letter.repeat(1_000_000));
    await writeFileAtomic(path, contents[0]);
    let writing = true;
    const writes = (async () => {
      for (let i = 0; i < 20; i++) await writeFileAtomic(path, contents[i % 2]);
      writing = false;
    })();
    while (writing) {
      const text = await Deno.readTextFile(path);
      assert.ok(contents.includes(text), `${text.length} characters`);
    }
    await writes;
  });
});

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}
