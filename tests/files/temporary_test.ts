import assert from "node:assert/strict";
import { join } from "node:path";
import {
  createTemporary,
  lockNew,
  removeAbandoned,
} from "../../lib/files/temporary.ts";
import { inFolder } from "../cli/program.ts";

const NAME = /^a\.partial-\d+-[0-9a-f]{8}$/;

Deno.test("a temporary file that another process is about to remove is not used", () =>
  inFolder((folder) => {
    const path = join(folder, "a.partial-1-01234567");
    Deno.writeTextFileSync(path, "");
    // Another process has found it before its creator has locked it.
    using other = Deno.openSync(path, { read: true, write: true });
    assert(other.tryLockSync(true));
    const own = Deno.openSync(path, { read: true, write: true });
    assert.equal(lockNew(own, path), false);
    assert.throws(() => own.statSync(), Deno.errors.BadResource);
  }));

Deno.test("a temporary file that another process has removed is not used", () =>
  inFolder((folder) => {
    const path = join(folder, "a.partial-1-01234567");
    Deno.writeTextFileSync(path, "");
    const own = Deno.openSync(path, { read: true, write: true });
    Deno.removeSync(path);
    assert.equal(lockNew(own, path), false);
  }));

Deno.test("removeAbandoned() removes files and folders that no process has open", () =>
  inFolder((folder) => {
    const path = join(folder, "a");
    const used = createTemporary(path, "file");
    createTemporary(path, "file").handle.close();
    const left = createTemporary(path, "folder");
    Deno.writeTextFileSync(join(left.path, "content"), "");
    left.handle.close();
    assert.equal(namesIn(folder).length, 3);
    removeAbandoned(path);
    assert.deepEqual([join(folder, namesIn(folder)[0])], [used.path]);
    assert.match(namesIn(folder)[0], NAME);
    used.handle.close();
    removeAbandoned(path);
    assert.deepEqual(namesIn(folder), []);
  }));

Deno.test("temporary files of names of 255 bytes fit and are found again", () =>
  inFolder((folder) => {
    // The 227th byte is in the middle of a character.
    for (const name of ["a".repeat(255), "é".repeat(127), "é".repeat(113)]) {
      const path = join(folder, name);
      createTemporary(path, "file").handle.close();
      assert.equal(namesIn(folder).length, 1);
      assert(!namesIn(folder)[0].includes("\ufffd"));
      removeAbandoned(path);
      assert.deepEqual(namesIn(folder), []);
    }
  }));

Deno.test("removeAbandoned() of a folder that is gone does nothing", () => {
  removeAbandoned("/nowhere/a");
});

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name);
}
