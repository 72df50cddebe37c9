import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { findRun, openRun } from "../../lib/runs/open.ts";
import { fakeRun, STUDY } from "./fake_runs.ts";

/** A folder with a finished and an unfinished run. */
async function withRuns(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const record = { ...fakeRun(STUDY).record, id: "done" };
    await Deno.mkdir(join(root, "done"));
    await Deno.writeTextFile(
      join(root, "done", "run.json"),
      JSON.stringify(record),
    );
    await Deno.mkdir(join(root, "begun", "checkpoint"), { recursive: true });
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("openRun() recognises a run by its record", () =>
  withRuns(async (root) => {
    assert.equal((await openRun(join(root, "done")))?.record.id, "done");
    assert.equal(await openRun(join(root, "begun")), undefined);
    assert.equal(await openRun(join(root, "none")), undefined);
    const file = join(root, "done", "run.json");
    assert.equal(await openRun(file), undefined);
  }));

Deno.test("openRun() names a damaged record", () =>
  withRuns(async (root) => {
    const path = join(root, "done", "run.json");
    await Deno.writeTextFile(path, '{"id":');
    await assert.rejects(
      openRun(join(root, "done")),
      new BadInput(`${path}: it is cut short`),
    );
  }));

Deno.test("findRun() accepts a folder, an id, and an id with a path", () =>
  withRuns(async (root) => {
    const folder = join(root, "done");
    for (const name of [folder, "done", "results/runs/done"]) {
      const found = await findRun(name, root);
      assert.equal(found.folder, folder);
    }
  }));

Deno.test("findRun() refuses an unfinished run and names the folders searched", () =>
  withRuns(async (root) => {
    const folder = join(root, "begun");
    await assert.rejects(
      findRun(folder, root),
      new BadInput(
        `Cannot find a finished run ${folder}: the folder has no run.json`,
      ),
    );
    await Deno.writeTextFile(
      join(folder, "checkpoint", "last.safetensors"),
      "",
    );
    await assert.rejects(
      findRun("begun", root),
      new BadInput(
        `Cannot find a finished run begun: ${folder} has no run.json: its ` +
          "training is unfinished",
      ),
    );
    await assert.rejects(
      findRun("absent", root),
      new BadInput(
        "Cannot find a finished run absent: there is no such folder, and no " +
          join(root, "absent", "run.json"),
      ),
    );
  }));
