import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import {
  finishedRuns,
  openPlanned,
  runStates,
} from "../../lib/tune/run_states.ts";
import { inFolder } from "../cli/program.ts";
import { fakeRun } from "../runs/fake_runs.ts";
import { TINY } from "../runs/specs.ts";
import { planned } from "./samples.ts";

const record = (id: string) => ({ ...fakeRun(TINY).record, id });

async function write(path: string, text: string): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  await Deno.writeTextFile(path, text);
}

Deno.test("runStates() distinguishes finished, begun and missing runs", () =>
  inFolder(async (root) => {
    const at = (...names: string[]) => join(root, ...names);
    await write(at("done", "run.json"), JSON.stringify(record("done")));
    await write(at("begun", "checkpoint", "last.safetensors"), "");
    // Locked, and killed before the end of its first epoch.
    await write(at("started", "checkpoint", "lock"), "");
    await write(at("other", "run.json"), JSON.stringify(record("renamed")));
    const runs = ["done", "begun", "started", "other", "none"].map((id) =>
      planned(id)
    );
    assert.deepEqual(await runStates(runs, root), [
      ...["finished", "begun", "missing", "missing", "missing"],
    ]);
    assert.equal((await openPlanned(runs[0], root))?.id, "done");
    assert.equal(await openPlanned(runs[3], root), undefined);

    // A damaged one is reported and counts as missing.
    await write(at("done", "run.json"), '{"id": "do');
    const fault = `${at("done", "run.json")}: it is cut short`;
    const reasons: string[] = [];
    const onDamaged = (reason: string) => reasons.push(reason);
    assert.deepEqual(await runStates(runs.slice(0, 2), root, onDamaged), [
      ...["missing", "begun"],
    ]);
    assert.deepEqual(reasons, [fault]);
    await assert.rejects(openPlanned(runs[0], root), new BadInput(fault));
  }));

Deno.test("finishedRuns() skips unfinished, renamed and damaged runs", () =>
  inFolder(async (root) => {
    const complete = record("a");
    await write(join(root, "a", "run.json"), JSON.stringify(complete));
    await write(join(root, "e", "run.json"), '{"id": "e"}');
    await write(join(root, "n", "run.json"), "null");
    await write(join(root, "b", "run.json"), "{");
    await write(join(root, "c", "run.json"), JSON.stringify(record("d")));
    await write(join(root, "file"), "");
    const reasons: string[] = [];
    const onDamaged = (reason: string) => reasons.push(reason);
    const found = await finishedRuns(root, onDamaged);
    assert.deepEqual(found.map(({ id }) => id), ["a"]);
    assert.ok(
      reasons.includes(`${join(root, "b", "run.json")}: it is cut short`),
    );
    assert.deepEqual(await finishedRuns(join(root, "none")), []);
  }));
