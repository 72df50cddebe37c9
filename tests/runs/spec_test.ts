import assert from "node:assert/strict";
import {
  dataForSeed,
  type Objective,
  objectiveName,
  runId,
  runOfTeacher,
  type RunSpec,
  runTeacher,
  type TeacherSpec,
} from "../../lib/runs/spec.ts";
import { FOCAL, OWN, STUDENT, TAUGHT, TINY } from "./specs.ts";

Deno.test("runId() describes a run and does not change between versions", () => {
  // If an id changes, finished runs are no longer found.
  assert.equal(runId(TINY), "excerpt-lenet-ce-s1-9937169f9a");
  assert.equal(runId(TAUGHT), "excerpt-lenet-ils-s1-70b7b84b27");
  const ensemble: RunSpec = {
    ...TAUGHT,
    teacher: { kind: "ensemble", ensemble: TINY, members: 2 },
  };
  assert.equal(runId(ensemble), "excerpt-lenet-ils-s1-12d80baad3");
  assert.equal(runId(FOCAL), "excerpt-lenet-focal-s1-7da9126ab4");
});

Deno.test("runId() does not depend on the order of keys", () => {
  const { data, training, ...rest } = TINY;
  const turned: RunSpec = {
    ...rest,
    training: Object.fromEntries(
      Object.entries(training).reverse(),
    ) as unknown as RunSpec["training"],
    data,
  };
  assert.equal(runId(turned), runId(TINY));
});

const OTHERS: readonly [string, RunSpec][] = [
  ["seed", { ...TINY, seed: 2 }],
  ["loss", FOCAL],
  ["number of its loss", {
    ...FOCAL,
    objective: { kind: "loss", loss: { name: "focal", focalGamma: 2 } },
  }],
  ["limit", { ...TINY, data: { ...TINY.data, limit: null } }],
  ["split", { ...TINY, data: { ...TINY.data, splitSeed: 7 } }],
  ["rate", { ...TINY, training: { ...TINY.training, learningRate: 0.06 } }],
  ["milestones", {
    ...TINY,
    training: { ...TINY.training, milestones: [0.25, 0.5] },
  }],
  ["teacher", { ...TAUGHT, teacher: runTeacher({ ...TINY, seed: 2 }) }],
  ["file of its teacher", {
    ...TAUGHT,
    teacher: { kind: "logits", logits: "ab" },
  }],
  ["fold", {
    ...TINY,
    data: { ...TINY.data, holdOut: { folds: 2, fold: 0, seed: 1 } },
  }],
  ["ensemble", {
    ...TAUGHT,
    teacher: { kind: "ensemble", ensemble: TINY, members: 2 },
  }],
  ["larger ensemble", {
    ...TAUGHT,
    teacher: { kind: "ensemble", ensemble: TINY, members: 3 },
  }],
  ["folds of its teacher", {
    ...TAUGHT,
    teacher: { kind: "cross-fitted", crossFitted: TINY, folds: 2, repeats: 1 },
  }],
];

Deno.test("runId() identifies own data by its content, not its folder", async () => {
  const of = (changes: object) =>
    runId({
      ...TINY,
      data: { ...TINY.data, dataset: "mine", own: { ...OWN, ...changes } },
    });
  const id = await of({});
  assert.match(id, /^mine-lenet-ce-s1-/);
  assert.equal(await of({ folder: "/elsewhere/mine" }), id);
  assert.notEqual(await of({ sha256: "b".repeat(64) }), id);
  assert.notEqual(await of({ imageSize: 32, fit: "crop" }), id);
  const teaching = (folder: string) => {
    const data = { ...TINY.data, own: { ...OWN, folder } };
    return runId({ ...TAUGHT, data, teacher: runTeacher({ ...TINY, data }) });
  };
  assert.equal(await teaching("/a"), await teaching("/b"));
});

Deno.test("runId() differs if any part of a spec differs", () => {
  const specs = [TINY, TAUGHT, STUDENT, ...OTHERS.map(([, spec]) => spec)];
  const ids = specs.map(runId);
  assert.equal(new Set(ids).size, specs.length);
});

Deno.test("objectiveName() names methods, losses, and students by their teachers", () => {
  assert.equal(objectiveName(TAUGHT), "ils");
  assert.equal(objectiveName(FOCAL), "focal");
  assert.equal(
    objectiveName({ ...STUDENT, teacher: runTeacher(FOCAL) }),
    "student-of-focal",
  );
  assert.equal(
    objectiveName({ ...STUDENT, teacher: runTeacher(TAUGHT) }),
    "student-of-ils",
  );
  const several: TeacherSpec = {
    kind: "ensemble",
    ensemble: TAUGHT,
    members: 2,
  };
  assert.equal(
    objectiveName({ ...STUDENT, teacher: several }),
    "student-of-ils-ensemble",
  );
  const folds: TeacherSpec = {
    kind: "cross-fitted",
    crossFitted: TINY,
    folds: 2,
    repeats: 1,
  };
  assert.equal(
    objectiveName({ ...STUDENT, teacher: folds }),
    "student-of-ce-folds",
  );
  const scaled: RunSpec = {
    ...STUDENT,
    objective: {
      kind: "distillation",
      alpha: 1,
      temperature: 2,
      teacherScaled: true,
    },
    teacher: { kind: "logits", logits: "ab" },
  };
  assert.equal(objectiveName(scaled), "student-of-given-scaled");
  const calibrated: RunSpec = {
    ...scaled,
    objective: {
      ...scaled.objective,
      teacherCalibrator: "vector",
    } as Objective,
  };
  assert.equal(objectiveName(calibrated), "student-of-given-vector");
  assert.notEqual(runId(calibrated).slice(-10), runId(scaled).slice(-10));
});

Deno.test("dataForSeed() keeps the samples and sets splitSeed only if needed", () => {
  assert.deepEqual(dataForSeed(TINY, 1), TINY.data);
  const moved = { ...TINY.data, splitSeed: 1 };
  assert.deepEqual(dataForSeed(TINY, 2), moved);
  assert.deepEqual(dataForSeed({ data: moved, seed: 2 }, 1), TINY.data);
});

Deno.test("runTeacher() and runOfTeacher() are inverses", () => {
  assert.deepEqual(runOfTeacher(runTeacher(TINY)), TINY);
  assert.equal(runTeacher(TINY).kind, "run");
  assert.equal("kind" in runOfTeacher(runTeacher(TINY)), false);
});
