import assert from "node:assert/strict";
import { type CostedRun, groupJobs } from "../../lib/cluster/group_jobs.ts";
import { TINY } from "../runs/specs.ts";

function costed(
  id: string,
  { seconds, after = [], threads = 1 }: {
    readonly seconds: number;
    readonly after?: readonly string[];
    readonly threads?: number;
  },
): CostedRun {
  const spec = { ...TINY, training: { ...TINY.training, threads } };
  return {
    id,
    spec,
    after,
    cost: { seconds, multiplyAdds: 1e15, stepBytes: 4e8 },
  };
}

const commandOf = (ids: readonly string[]) => ["train", ...ids];

Deno.test("groupJobs() fills a job until it takes ten minutes", () => {
  const runs = [300, 300, 300, 900, 1].map((seconds, i) =>
    costed(`r${i}`, { seconds })
  );
  const jobs = groupJobs(runs, commandOf);
  assert.deepEqual(jobs.map(({ runs }) => runs), [
    ["r0", "r1"],
    ["r2", "r3"],
    ["r4"],
  ]);
  assert.deepEqual(jobs[0].command, ["train", "r0", "r1"]);
  assert.equal(jobs[0].resources.minutes, 5 + 3 * 10);
});

Deno.test("groupJobs() keeps runs apart that need others, and puts their jobs later", () => {
  const jobs = groupJobs([
    costed("teacher", { seconds: 1 }),
    costed("taught", { seconds: 1, after: ["teacher"] }),
    costed("student", { seconds: 1, after: ["taught"] }),
    costed("other teacher", { seconds: 1 }),
    costed("taught by a finished run", { seconds: 1, after: ["finished"] }),
  ], commandOf);
  assert.deepEqual(jobs.map(({ runs }) => runs), [
    ["teacher", "other teacher", "taught by a finished run"],
    ["taught"],
    ["student"],
  ]);
  assert.deepEqual(jobs.map(({ after }) => after), [
    [],
    [jobs[0].id],
    [jobs[1].id],
  ]);
});

Deno.test("groupJobs() keeps runs with different numbers of threads apart", () => {
  const jobs = groupJobs([
    costed("one", { seconds: 1 }),
    costed("two", { seconds: 1, threads: 2 }),
  ], commandOf);
  assert.deepEqual(jobs.map(({ resources }) => resources.threads), [1, 2]);
});

Deno.test("the id of a job depends on its runs alone", () => {
  const one = costed("one", { seconds: 1 });
  const [alone] = groupJobs([one], commandOf);
  const [again] = groupJobs([one], () => ["other"]);
  const [both] = groupJobs([one, costed("two", { seconds: 1 })], commandOf);
  assert.equal(alone.id, again.id);
  assert.notEqual(alone.id, both.id);
  assert.match(alone.id, /^train-[0-9a-f]{10}$/);
});
