import assert from "node:assert/strict";
import { checkSpec } from "../../lib/runs/check_spec.ts";
import { type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import {
  runWithTeacher,
  type TeacherPlan,
} from "../../lib/runs/teacher_plan.ts";
import type { MethodSpec } from "../../lib/smoothing/method.ts";
import { TAUGHT, TINY } from "./specs.ts";

const MIX: MethodSpec = { name: "mix", lambda: 0.5 };
const LS: MethodSpec = { name: "ls", epsilon: 0.1 };
const ILS = TAUGHT.objective.kind === "targets" ? TAUGHT.objective.method : LS;
const CE: MethodSpec = { name: "ce" };

/** Returns the tiny run with a method and a teacher. */
const by = (method: MethodSpec, teacher: RunSpec["teacher"]): RunSpec => ({
  ...TINY,
  objective: { kind: "targets", method },
  teacher,
});

const ONE = { kind: "one" } as const;
const TWO = { kind: "ensemble", members: 2 } as const;
const FOLDS = { kind: "folds", folds: 5, repeats: 2 } as const;

const MIXED = by(MIX, runTeacher(TINY));
const MIXED_BY_TWO = by(MIX, { kind: "ensemble", ensemble: TINY, members: 2 });

const PLANNED: readonly [string, TeacherPlan, RunSpec][] = [
  ["one ce run", { method: CE, networks: ONE, generations: 1 }, MIXED],
  [
    "one ls run",
    { method: LS, networks: ONE, generations: 1 },
    by(MIX, runTeacher(by(LS, null))),
  ],
  [
    "an ils run, taught by the ce run",
    { method: ILS, networks: ONE, generations: 1 },
    by(MIX, runTeacher(TAUGHT)),
  ],
  [
    "an ensemble of two",
    { method: CE, networks: TWO, generations: 1 },
    MIXED_BY_TWO,
  ],
  [
    "folds of ls runs",
    { method: LS, networks: FOLDS, generations: 1 },
    by(MIX, {
      kind: "cross-fitted",
      crossFitted: by(LS, null),
      folds: 5,
      repeats: 2,
    }),
  ],
  [
    "a mix run in the third generation",
    { method: CE, networks: ONE, generations: 3 },
    by(MIX, runTeacher(by(MIX, runTeacher(MIXED)))),
  ],
  [
    "an ensemble of two mix runs in the second",
    { method: CE, networks: TWO, generations: 2 },
    by(MIX, { kind: "ensemble", ensemble: MIXED_BY_TWO, members: 2 }),
  ],
  [
    "folds, then a mix run",
    { method: CE, networks: FOLDS, generations: 2 },
    by(
      MIX,
      runTeacher(
        by(MIX, {
          kind: "cross-fitted",
          crossFitted: TINY,
          folds: 5,
          repeats: 2,
        }),
      ),
    ),
  ],
];
for (const [teacher, plan, expected] of PLANNED) {
  Deno.test(`runWithTeacher() by ${teacher}`, () => {
    const run = runWithTeacher(TINY, MIX, plan);
    assert.deepEqual(run, expected);
    checkSpec(run);
  });
}

Deno.test("runWithTeacher() adds no teacher to a method that needs none", () => {
  const plan = { method: CE, networks: ONE, generations: 1 };
  assert.deepEqual(runWithTeacher(TINY, LS, plan), by(LS, null));
});
