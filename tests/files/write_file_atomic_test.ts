import assert from "node:assert/strict";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";

Deno.test("writeFileAtomic() writes text and bytes, and replaces what was there", async () => {
  await inFolder(async (folder) => {
    await writeFileAtomic(`${folder}/a`, "first, and longer");
    await writeFileAtomic(`${folder}/a`, "größer");
    assert.equal(await Deno.readTextFile(`${folder}/a`), "größer");
    await writeFileAtomic(`${folder}/a`, Uint8Array.of(0, 255));
    assert.deepEqual([...await Deno.readFile(`${folder}/a`)], [0, 255]);
    assert.deepEqual(namesIn(folder), ["a"]);
  });
});

Deno.test("writeFileAtomic() that fails leaves what was there, and nothing else", async () => {
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

Deno.test("a reader beside writeFileAtomic() sees one whole content or the other", async () => {
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

async function inFolder(test: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name);
}
