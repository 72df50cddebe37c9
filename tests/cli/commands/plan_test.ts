import assert from "node:assert/strict";
import { join } from "node:path";
import type { JobPlan } from "../../../lib/cluster/job_plan.ts";
import { planSpecs } from "../../../lib/study/profile_runs.ts";
import { networkPlans } from "../../../lib/cli/reproduce/profile_plan.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { runId } from "../../../lib/runs/spec.ts";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

Deno.test("ils plan lists the runs of a profile that do not depend on its tuning", () =>
  inFolder(async (cwd) => {
    const args = ["plan", "--profile", "smoke", "--dry-run"];
    const plan: JobPlan = await ilsJson(args, { cwd });
    assert.deepEqual(listing(cwd), {});
    assert.deepEqual(
      plan.runs.map(({ id }) => id),
      planSpecs(networkPlans("smoke")).map(runId),
    );
    assert.deepEqual([plan.complete, plan.results], [false, null]);
    assert.deepEqual(
      plan.jobs.flatMap(({ runs }) => runs).sort(),
      plan.runs.map(({ id }) => id).sort(),
    );
    assert.deepEqual(plan.secondsFrom, { kind: "steps", steps: 3 });
  }));

Deno.test("ils plan cuts the synthetic study into jobs by data sets", () =>
  inFolder(async (cwd) => {
    const args = ["plan", "synthetic"];
    const { code, stdout, stderr } = await ils(args, { cwd });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^500 data sets, 0 finished; the others in 19 jobs: .* one after the oth/,
    );
    const { runs, datasets, jobs, complete, results } = JSON.parse(
      await Deno.readTextFile(join(cwd, "results", "plans", "synthetic.json")),
    );
    assert.deepEqual([runs, datasets], [[], { total: 500, finished: 0 }]);
    assert.equal(jobs.length, 19);
    assert.equal(complete, true);
    assert.deepEqual(results.command, ["reproduce", "--profile", "synthetic"]);
  }));

const TUNE = "tune --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 10 --seeds 1 --epochs 1 --methods ils2 --epsilon 0.1 " +
  "--temperature 2";

Deno.test("ils run trains the named runs of a plan, each once and after its teacher", () =>
  inFolder(async (cwd) => {
    const plan: JobPlan = await ilsJson([...TUNE.split(" "), "--dry-run"], {
      cwd,
    });
    assert.deepEqual(plan.results!.command, ["ils", ...TUNE.split(" ")]);
    const file = join(cwd, "plan.json");
    await Deno.writeTextFile(file, JSON.stringify(plan));
    const [teacher, taught] = plan.runs.map(({ id }) => id);
    const run = (...ids: string[]) =>
      ils(["run", ids.join(","), "--plan", file, "--json"], { cwd });

    const early = await run(taught);
    assert.equal(early.code, 1);
    assert.equal(
      early.stderr,
      `1 of 1 runs failed, first ${taught}: Run ${taught} needs ${teacher}, ` +
        "which is not finished\n",
    );
    assert.deepEqual(listing(cwd), { [file]: listing(cwd)[file] });

    const { code, stdout, stderr } = await run(teacher, taught);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      runs: [teacher, taught].map((id) => ({
        id,
        state: "done",
        reason: null,
      })),
    });
    // Test results may not be seen before the choice.
    assert.match(stderr, /validation log loss/);
    assert.doesNotMatch(stderr, /ECE/);

    const before = listing(join(cwd, "results"));
    assert.equal((await run(taught)).code, 0);
    assert.deepEqual(listing(join(cwd, "results")), before);
    const later: JobPlan = await ilsJson([...TUNE.split(" "), "--dry-run"], {
      cwd,
    });
    assert.deepEqual([later.finished, later.jobs], [2, []]);
  }));

Deno.test("ils run refuses an unknown run, and a spec that is not the run's", () =>
  inFolder(async (cwd) => {
    const plan: JobPlan = await ilsJson([...TUNE.split(" "), "--dry-run"], {
      cwd,
    });
    const file = join(cwd, "plan.json");
    const [{ id, spec }] = plan.runs;
    const altered = {
      ...plan,
      runs: [{ ...plan.runs[0], spec: { ...spec, seed: 9 } }],
    };
    await Deno.writeTextFile(file, JSON.stringify(altered));
    const run = (id: string) => ils(["run", id, "--plan", file], { cwd });
    const unknown = await run("x");
    assert.deepEqual([unknown.code, unknown.stderr], [
      2,
      `There is no run x in the plan ${file}\n`,
    ]);
    const wrong = await run(id);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /the spec of run \S+ is that of \S+-s9-/);
  }));

Deno.test("ils run trains with the logits of a plan's teacher, unless they have changed", () =>
  inFolder(async (cwd) => {
    const write = (value: number) =>
      writeNpy(join(cwd, "T.npy"), {
        data: Float32Array.from({ length: 10_000 }, (_, i) => i % 7 - value),
        shape: [1000, 10],
      });
    await write(3.5);
    const args = [...TUNE.split(" "), "--teacher", "T.npy"];
    const plan: JobPlan = await ilsJson([...args, "--dry-run"], { cwd });
    assert.deepEqual(plan.inputs, { teacherLogits: join(cwd, "T.npy") });
    const file = join(cwd, "plan.json");
    await Deno.writeTextFile(file, JSON.stringify(plan));
    const [{ id }] = plan.runs;
    await write(3.25);
    const changed = await ils(["run", id, "--plan", file], { cwd });
    assert.equal(changed.code, 2);
    assert.match(
      changed.stderr,
      /^\S+T.npy has changed since the plan was made: run \S+-ils2\S+ has other logits$/m,
    );
    await write(3.5);
    const { code, stderr } = await ils(["run", id, "--plan", file], { cwd });
    assert.equal(code, 0, stderr);
    const later: JobPlan = await ilsJson([...args, "--dry-run"], { cwd });
    assert.deepEqual([later.finished, later.jobs], [1, []]);
  }));
