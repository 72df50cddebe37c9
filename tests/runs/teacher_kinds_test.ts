import assert from "node:assert/strict";
import { join } from "node:path";
import { runId, type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import { openRun } from "../../lib/runs/open.ts";
import { withTeacherKinds } from "../../lib/runs/teacher_kinds.ts";
import type { TeacherPlan } from "../../lib/runs/teacher_plan.ts";
import { syntheticSpec } from "../../lib/synthetic/spec.ts";
import { fakeRun } from "./fake_runs.ts";
import { STUDENT, TAUGHT, TINY } from "./specs.ts";

/**
 * Never called: the line after each expectation must not compile; if one does,
 * the type check of the tests fails.
 */
export function misuses() {
  // @ts-expect-error a run becomes a teacher only by runTeacher()
  use({ ...TAUGHT, teacher: TINY });
  // @ts-expect-error a teacher becomes a run only by runOfTeacher()
  runId(runTeacher(TINY));
  // @ts-expect-error every teacher has a kind
  use({ ...TAUGHT, teacher: { logits: "ab" } });
  // @ts-expect-error the kind decides which keys there are
  use({ ...TAUGHT, teacher: { kind: "ensemble", ensemble: TINY, folds: 2 } });
  // @ts-expect-error only Tables V and VI plan a teacher
  syntheticSpec({ experiment: "fig-6", teacher: ONE_CE });
}

const use = (spec: RunSpec) => spec;

const ONE_CE: TeacherPlan = {
  method: { name: "ce" },
  networks: { kind: "one" },
  generations: 1,
};

const BY_FILE: RunSpec = {
  ...TAUGHT,
  teacher: { kind: "logits", logits: "ab" },
};
const BY_TWO: RunSpec = {
  ...TAUGHT,
  teacher: { kind: "ensemble", ensemble: TAUGHT, members: 2 },
};
const BY_FOLDS: RunSpec = {
  ...STUDENT,
  teacher: { kind: "cross-fitted", crossFitted: BY_TWO, folds: 2, repeats: 1 },
};
const SPECS = {
  TINY,
  TAUGHT,
  BY_FILE,
  BY_TWO,
  BY_FOLDS,
  deep: { ...STUDENT, teacher: runTeacher({ ...TAUGHT, ...BY_FOLDS }) },
};

/**
 * Returns the spec as earlier versions wrote it: only objectives had a kind.
 */
const withoutKinds = (spec: RunSpec): RunSpec =>
  JSON.parse(JSON.stringify(spec), (key, value) => {
    const teaches = key === "teacher" && value !== null;
    return teaches ? { ...value, kind: undefined } : value;
  });

/** Returns the value without keys that are `undefined`. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

for (const [name, spec] of Object.entries(SPECS)) {
  Deno.test(`withTeacherKinds() reads specs of earlier versions: ${name}`, () => {
    const old = asJson(withoutKinds(spec)) as RunSpec;
    assert.deepEqual(withTeacherKinds(old), spec);
    assert.deepEqual(withTeacherKinds(spec), spec);
    assert.equal(runId(withTeacherKinds(old)), runId(spec));
  });
}

Deno.test("withTeacherKinds() returns other values unchanged", () => {
  for (const value of [null, 1, "a", {}, { teacher: 3 }, { teacher: {} }]) {
    assert.deepEqual(withTeacherKinds(value as never), value);
  }
});

Deno.test("openRun() adds the teachers' kinds to a run of an earlier version", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const { record } = fakeRun(BY_FOLDS);
    const old = { ...record, spec: withoutKinds(BY_FOLDS) };
    await Deno.writeTextFile(join(folder, "run.json"), JSON.stringify(old));
    assert.deepEqual((await openRun(folder))?.record.spec, BY_FOLDS);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
