import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checkRunFolder,
  isRunLocked,
  isRunStarted,
  lockRunFolder,
  RunLocked,
  tidyRun,
} from "../../lib/runs/folder.ts";
import { previousPath } from "../../lib/training/checkpoint_file.ts";
import { inFolder } from "../cli/program.ts";

const FOLDER = fileURLToPath(
  new URL("../../lib/runs/folder.ts", import.meta.url),
);

Deno.test("checkRunFolder() accepts a new or empty folder and an unfinished run", () =>
  inFolder(async (folder) => {
    await checkRunFolder(join(folder, "new"));
    await checkRunFolder(folder);
    for (const name of ["checkpoint", "model", "model.partial-saving"]) {
      await Deno.mkdir(join(folder, name));
    }
    for (const name of ["logits-held.npy", "run.json.partial-7-0123abcd"]) {
      await Deno.writeTextFile(join(folder, name), "");
    }
    await checkRunFolder(folder);
  }));

Deno.test("checkRunFolder() refuses files that a run would not have written", () =>
  inFolder(async (folder) => {
    const refuses = (name: string) =>
      assert.rejects(
        checkRunFolder(folder),
        new BadInput(
          `Cannot train into ${folder} as it must be new, empty or a run's: ` +
            `it contains ${name}`,
        ),
      );
    await Deno.mkdir(join(folder, "model"));
    await refuses("model");
    await Deno.mkdir(join(folder, "checkpoint"));
    await checkRunFolder(folder);
    await Deno.writeTextFile(join(folder, "thesis.tex"), "");
    await refuses("thesis.tex");
  }));

Deno.test("lockRunFolder() admits one at a time, and the next after the release", () =>
  inFolder(async (folder) => {
    const events: string[] = [];
    const waiting = Promise.withResolvers<void>();
    const hold = (name: string, signal?: AbortSignal) =>
      lockRunFolder(folder, {
        signal,
        onWait: () => {
          events.push(`${name} waits`);
          waiting.resolve();
        },
      });
    const first = await hold("first");
    const second = hold("second").then((held) => {
      events.push("second has it");
      held.release();
    });
    // The third starts later, so that the order is deterministic.
    await waiting.promise;
    const control = new AbortController();
    const third = hold("third", control.signal);
    control.abort("stop");
    await assert.rejects(third, (reason) => reason === "stop");
    assert.deepEqual(events, ["second waits", "third waits"]);
    first.release();
    await second;
    assert.equal(events.at(-1), "second has it");
  }));

Deno.test("tidyRun() removes a checkpoint and temporary files, unless a process has the run", () =>
  inFolder(async (folder) => {
    const names = [
      "run.json",
      "run.json.partial-7-0123abcd",
      "notes.partial-1",
    ];
    for (const name of names) await Deno.writeTextFile(join(folder, name), "");
    await Deno.mkdir(join(folder, "model.partial-saving"));
    const onWait = () => assert.fail("nobody has it");
    const locked = await lockRunFolder(folder, { signal: undefined, onWait });
    const left = () =>
      Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    const before = left();
    await tidyRun(folder);
    assert.deepEqual(left(), before);
    locked.release();
    await tidyRun(folder);
    assert.deepEqual(left(), ["notes.partial-1", "run.json"]);
  }));

Deno.test("a killed process releases its lock", () =>
  inFolder(async (folder) => {
    const code = `import { lockRunFolder } from ${JSON.stringify(FOLDER)};
      await lockRunFolder(${JSON.stringify(folder)}, { onWait: () => {} });
      console.log("held");
      setInterval(() => {}, 1000);`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", code],
      stdout: "piped",
    }).spawn();
    await child.stdout.getReader().read();
    let waited = false;
    const next = lockRunFolder(folder, {
      signal: undefined,
      onWait: () => {
        waited = true;
        child.kill("SIGKILL");
      },
    });
    (await next).release();
    await child.status;
    assert(waited);
  }));

Deno.test("check() throws once another process has taken the folder over", () =>
  inFolder(async (folder) => {
    const held = await lockRunFolder(folder, {
      signal: undefined,
      onWait: () => {},
    });
    held.check();
    await Deno.writeTextFile(join(folder, "checkpoint", "claim-2"), "other");
    assert.throws(() => held.check(), RunLocked);
    held.release();
    const text = await Deno.readTextFile(join(folder, "checkpoint", "claim-2"));
    assert.equal(text, "other");
  }));

Deno.test("a locked folder's checkpoint is removed when its run is finished", () =>
  inFolder(async (folder) => {
    const held = await lockRunFolder(folder, {
      signal: undefined,
      onWait: () => {},
    });
    await Deno.writeTextFile(held.checkpoint, "state");
    await held.finish();
    held.release();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("isRunLocked() is true while the folder is locked, and creates no folder", () =>
  inFolder(async (folder) => {
    const inner = join(folder, "run");
    assert.equal(await isRunLocked(inner), false);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    const onWait = () => {
      throw new RunLocked(inner);
    };
    const options = { signal: undefined, onWait };
    const held = await lockRunFolder(inner, options);
    assert.equal(await isRunLocked(inner), true);
    await assert.rejects(lockRunFolder(inner, options), RunLocked);
    assert.equal(await isRunStarted(inner), false);
    await Deno.writeTextFile(held.checkpoint, "state");
    held.release();
    assert.equal(await isRunLocked(inner), false);
    assert.equal(await isRunStarted(inner), true);
    await Deno.rename(held.checkpoint, previousPath(held.checkpoint));
    assert.equal(await isRunStarted(inner), true);
  }));

for (const what of ["finish()", "tidyRun()"]) {
  Deno.test(`${what} does not touch what another process creates meanwhile`, () =>
    inFolder(async (folder) => {
      const held = await lockRunFolder(folder, {
        signal: undefined,
        onWait: () => {},
      });
      const inner = join(folder, "checkpoint");
      for (let i = 0; i < 2000; i++) {
        Deno.writeTextFileSync(join(inner, `old-${i}`), "");
      }
      if (what === "tidyRun()") held.release();
      const removed = what === "tidyRun()" ? tidyRun(folder) : held.finish();
      const isWhole = () => {
        try {
          return [...Deno.readDirSync(inner)].length >= 2000;
        } catch {
          return false;
        }
      };
      while (isWhole());
      Deno.mkdirSync(inner, { recursive: true });
      // As the next claim: the same number as the one that was removed.
      const claim = join(inner, "claim-1");
      Deno.writeTextFileSync(claim, "other");
      await removed;
      held.release();
      assert.equal(Deno.readTextFileSync(claim), "other");
      assert.deepEqual([...Deno.readDirSync(folder)].length, 1);
    }));
}
