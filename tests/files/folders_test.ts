import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { join } from "node:path";
import {
  ignoreNotFound,
  isFile,
  isFolder,
  isMissing,
  namesIn,
  removeTree,
} from "../../lib/files/folders.ts";

async function withFolder(work: (folder: string) => Promise<void> | void) {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(folder, "b.txt"), "b");
    await Deno.mkdir(join(folder, "a", "inner"), { recursive: true });
    await Deno.symlink(join(folder, "a"), join(folder, "c"));
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("namesIn() sorts the entries and returns none for a missing folder", () =>
  withFolder(async (folder) => {
    deepStrictEqual(await namesIn(folder), ["a", "b.txt", "c"]);
    deepStrictEqual(await namesIn(join(folder, "none")), []);
    await rejects(namesIn(join(folder, "b.txt")), Deno.errors.NotADirectory);
  }));

Deno.test("removeTree() removes files, folders and links and ignores missing ones", () =>
  withFolder(async (folder) => {
    for (const name of ["none", "b.txt", "c"]) {
      await removeTree(join(folder, name));
    }
    deepStrictEqual(await namesIn(folder), ["a"]);
    await removeTree(join(folder, "a"));
    deepStrictEqual(await namesIn(folder), []);
  }));

Deno.test("isFolder() and isFile() follow links and never throw", () =>
  withFolder((folder) => {
    const kinds = ["a", "b.txt", "c", "none", "b.txt/below"].map((name) => {
      const path = join(folder, name);
      return [isFolder(path), isFile(path)];
    });
    deepStrictEqual(kinds, [
      [true, false],
      [false, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
  }));

Deno.test("ignoreNotFound() and isMissing() distinguish other errors", () =>
  withFolder(async (folder) => {
    const below = await Deno.stat(join(folder, "b.txt", "below"))
      .catch((error) => error);
    deepStrictEqual(isMissing(below), true);
    throws(() => ignoreNotFound(below), Deno.errors.NotADirectory);
    const missing = await Deno.stat(join(folder, "none"))
      .catch((error) => error);
    deepStrictEqual(isMissing(missing), true);
    deepStrictEqual(ignoreNotFound(missing), undefined);
    deepStrictEqual(isMissing(new TypeError("other")), false);
  }));
