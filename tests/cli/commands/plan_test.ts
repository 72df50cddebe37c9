import assert from "node:assert/strict";
import { join } from "node:path";
import type { JobPlan } from "../../../lib/cluster/job_plan.ts";
import { planSpecs } from "../../../lib/study/profile_runs.ts";
import { networkPlans } from "../../../lib/cli/reproduce/profile_plan.ts";
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

Deno.test("ils plan refuses a profile without networks on images", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await ils(["plan", "synthetic"], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^Cannot plan profile synthetic: it trains no networ/);
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
