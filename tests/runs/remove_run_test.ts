/** Runs that are removed while other processes look at them or train them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { removeRuns } from "../../lib/cli/commands/runs/remove_runs.ts";
import { lockRunFolder, removeRun } from "../../lib/runs/folder.ts";
import { listRuns } from "../../lib/runs/list.ts";
import { type RunEntry, storedRuns } from "../../lib/runs/stored_runs.ts";
import { inFolder } from "../cli/program.ts";
import { fakeRun, STUDY, writeRuns } from "./fake_runs.ts";

const names = (folder: string) =>
  Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

/** Writes an interrupted run; returns its folder. */
async function writeBegun(root: string): Promise<string> {
  const folder = join(root, "begun");
  await Deno.mkdir(join(folder, "checkpoint"), { recursive: true });
  const state = join(folder, "checkpoint", "last.safetensors");
  await Deno.writeTextFile(state, "state");
  return folder;
}

const lock = (folder: string) =>
  lockRunFolder(folder, {
    signal: undefined,
    onWait: () => assert.fail("nobody has it"),
  });

Deno.test("removeRun() removes a run, finished or not, unless a process is training it", () =>
  inFolder(async (root) => {
    const begun = await writeBegun(root);
    await writeRuns(root, [fakeRun(STUDY)]);
    const held = await lock(begun);
    assert.equal(await removeRun(begun), false);
    held.check();
    held.release();
    assert.equal(await removeRun(begun), true);
    assert.equal(await removeRun(join(root, "fake-0")), true);
    assert.equal(await removeRun(join(root, "missing")), true);
    assert.deepEqual(names(root), []);
  }));

Deno.test("removeRun() does not touch a run of the same name that begins meanwhile", () =>
  inFolder(async (root) => {
    const begun = await writeBegun(root);
    for (let i = 0; i < 2000; i++) {
      Deno.writeTextFileSync(join(begun, `old-${i}`), "");
    }
    const removed = removeRun(begun);
    const isThere = () => names(root).includes("begun");
    while (isThere());
    const held = await lock(begun);
    assert.equal(await removed, true);
    held.check();
    assert.deepEqual(names(join(begun, "checkpoint")), ["claim-1"]);
    held.release();
  }));

Deno.test("ils runs remove keeps a run whose training began while it asked", () =>
  inFolder(async (root) => {
    const folder = await writeBegun(root);
    const [entry] = await storedRuns(root);
    assert.equal(entry.state, "interrupted");
    const held = await lock(folder);
    const selection = { selected: [entry], needed: new Map() };
    const values = {
      action: "remove",
      run: ["begun"],
      yes: true,
      force: false,
    };
    const context = { log: () => {}, terminal: false };
    await assert.rejects(
      removeRuns(selection, values as never, context as never),
      {
        name: "BadInput",
        message: "Cannot remove begun as it is being trained: stop that first",
      },
    );
    held.check();
    held.release();
  }));

Deno.test("a run that is being removed is not listed", () =>
  inFolder(async (root) => {
    await writeRuns(root, [fakeRun(STUDY)]);
    const aside = join(root, "fake-0.partial-12-0123abcd");
    await Deno.rename(join(root, "fake-0"), aside);
    assert.deepEqual(await storedRuns(root), []);
    assert.deepEqual(await listRuns(root), []);
    // The next removal of the same run removes what a killed one left.
    await writeRuns(root, [fakeRun(STUDY)]);
    assert.equal((await storedRuns(root)).length, 1);
    await removeRun(join(root, "fake-0"));
    assert.deepEqual(names(root), []);
  }));

/** Lists runs; `meanwhile` is called once, when the checkpoint has been looked for. */
async function listedWhile(
  root: string,
  meanwhile: () => void,
): Promise<RunEntry[]> {
  const { readDir } = Deno;
  let called = false;
  Object.assign(Deno, {
    readDir: (path: string) => {
      if (path.endsWith("checkpoint") && !called) {
        called = true;
        meanwhile();
      }
      return readDir(path);
    },
  });
  try {
    return await storedRuns(root);
  } finally {
    Object.assign(Deno, { readDir });
    assert(called);
  }
}

Deno.test("a run that is finished while it is looked at is listed as finished", () =>
  inFolder(async (root) => {
    const begun = await writeBegun(root);
    const { record } = fakeRun(STUDY);
    const [entry] = await listedWhile(root, () => {
      const text = JSON.stringify({ ...record, id: "begun" });
      Deno.writeTextFileSync(join(begun, "run.json"), text);
      Deno.removeSync(join(begun, "checkpoint"), { recursive: true });
    });
    assert.equal(entry.state, "finished");
    assert.equal(entry.record?.id, "begun");
  }));

Deno.test("a run that is removed while it is looked at does not stop the list", () =>
  inFolder(async (root) => {
    const begun = await writeBegun(root);
    await writeRuns(root, [fakeRun(STUDY)]);
    const found = await listedWhile(root, () => {
      Deno.removeSync(begun, { recursive: true });
    });
    assert.deepEqual(found.map(({ name }) => name), ["fake-0"]);
  }));
