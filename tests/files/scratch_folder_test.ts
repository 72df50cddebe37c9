import assert from "node:assert/strict";
import { scratchFolder } from "../../lib/files/scratch_folder.ts";
import { inFolder } from "../cli/program.ts";

const SCRIPT =
  new URL("../../lib/files/scratch_folder.ts", import.meta.url).href;

Deno.test("scratchFolder() is private, and removes itself and those of killed processes", () =>
  inFolder((folder) => {
    const code = `import { scratchFolder } from ${JSON.stringify(SCRIPT)};
      Deno.writeTextFileSync(scratchFolder(${JSON.stringify(folder)}).path +
        "/a", "");
      Deno.kill(Deno.pid, "SIGKILL");`;
    const { signal } = new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
    }).outputSync();
    assert.equal(signal, "SIGKILL");
    const [left] = namesIn(folder);
    const foreign = `${folder}/ils.partial-notes`;
    Deno.writeTextFileSync(foreign, "");
    {
      using first = scratchFolder(folder);
      using second = scratchFolder(folder);
      assert.equal(Deno.statSync(first.path).mode! & 0o777, 0o700);
      assert.notEqual(first.path, second.path);
      assert(!namesIn(folder).includes(left));
      assert.equal(namesIn(folder).length, 3);
      first[Symbol.dispose]();
    }
    assert.deepEqual(namesIn(folder), ["ils.partial-notes"]);
  }));

Deno.test("scratchFolder() names the folder in which it cannot be created", () =>
  inFolder((folder) => {
    assert.throws(
      () => scratchFolder(`${folder}/none`),
      ({ message }: Error) =>
        message.startsWith("No such file or directory (os error 2): mkdir '") &&
        message.includes(`'${folder}/none/ils.partial-`),
    );
    const code = `import { scratchFolder } from ${JSON.stringify(SCRIPT)};
      try { scratchFolder(); } catch (error) { console.log(error.message); }`;
    const { stdout } = new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      env: { TMPDIR: `${folder}/none` },
    }).outputSync();
    assert.equal(
      new TextDecoder().decode(stdout),
      "Cannot create a temporary folder: No such file or directory (os error " +
        "2); TMPDIR can name another place for it\n",
    );
  }));

function namesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder), ({ name }) => name);
}
