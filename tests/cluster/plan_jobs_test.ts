import assert from "node:assert/strict";
import { JOB_PLAN } from "../../lib/cluster/job_plan.ts";
import { planJobs } from "../../lib/cluster/plan_jobs.ts";
import { runId, type RunSpec } from "../../lib/runs/spec.ts";
import { noisy, STUDENT, TAUGHT, TINY } from "../runs/specs.ts";

const COST = {
  ...{ multiplyAdds: 7, seconds: 120, bytes: 9, stepBytes: 4e8 },
  secondsFrom: { kind: "steps", steps: 3 } as const,
  runs: Array.from({ length: 3 }, () => ({
    ...{ images: 60, multiplyAdds: 1, seconds: 40, bytes: 3, stepBytes: 4e8 },
  })),
};

const OPTIONS = {
  ...{ name: "p", file: "results/plans/p.json", cost: COST, atOnce: 2 },
  results: ["reproduce", "--profile", "p"],
};

const missing = (spec: RunSpec) => ({ spec, state: "missing" as const });

Deno.test("planJobs() puts a run after its teacher, and only missing runs into jobs", () => {
  const plan = planJobs([
    { spec: TINY, state: "finished" },
    { spec: TAUGHT, state: "begun" },
    missing(STUDENT),
  ], OPTIONS);
  const [teacher, taught, student] = [TINY, TAUGHT, STUDENT].map(runId);
  assert.deepEqual(
    plan.runs.map(({ id, state, after }) => [id, state, after]),
    [
      [teacher, "finished", []],
      [taught, "begun", [teacher]],
      [student, "missing", [teacher]],
    ],
  );
  assert.deepEqual(plan.jobs.map(({ runs }) => runs), [[taught, student]]);
  assert.deepEqual(
    [plan.finished, plan.seconds, plan.complete],
    [1, 60, true],
  );
  assert.deepEqual(plan.jobs[0].command, [
    ...["ils", "run", `${taught},${student}`],
    ...["--plan", "results/plans/p.json"],
  ]);
  assert.deepEqual(plan.runs[1].command[2], taught);
});

Deno.test("planJobs() puts a run after the source of its label noise", () => {
  const noise = { kind: "similar", rate: 0.2, seed: 1, source: TINY } as const;
  const plan = planJobs([missing(TINY), missing(noisy(TINY, noise))], OPTIONS);
  assert.deepEqual(plan.runs[1].after, [runId(TINY)]);
  assert.deepEqual(plan.jobs[1].after, [plan.jobs[0].id]);
});

Deno.test("a plan without results is not complete", () => {
  const plan = planJobs([missing(TINY)], { ...OPTIONS, results: null });
  assert.deepEqual([plan.complete, plan.results], [false, null]);
});

Deno.test("a plan survives its file", () => {
  const plan = planJobs([missing(TINY), missing(TAUGHT)], OPTIONS);
  assert.deepEqual(JOB_PLAN.parse(JSON.parse(JSON.stringify(plan))), plan);
});

Deno.test("planJobs() adds the jobs of data sets, and their time", () => {
  const [job] = planJobs([missing(TINY)], OPTIONS).jobs;
  const datasets = { jobs: [job], total: 5, finished: 2, seconds: 60 };
  const plan = planJobs([missing(STUDENT)], { ...OPTIONS, datasets });
  assert.equal(plan.jobs.length, 2);
  assert.deepEqual(plan.jobs[1], job);
  assert.deepEqual(plan.datasets, { total: 5, finished: 2 });
  assert.equal(plan.seconds, (120 + 60) / 2);
});
