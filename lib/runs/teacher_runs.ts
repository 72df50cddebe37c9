import {
  type CrossFittedTeacher,
  dataForSeed,
  type HoldOut,
  runOfTeacher,
  type RunSpec,
  runTeacher,
  type TeacherSpec,
} from "./spec.ts";

/**
 * Returns the runs of a teacher: itself, the members of an ensemble by seed, or
 * every fold of each repeat; none for logits from a file.
 */
export function teacherRuns(teacher: TeacherSpec | null): RunSpec[] {
  switch (teacher?.kind) {
    case undefined:
    case "logits":
      return [];
    case "run":
      return [runOfTeacher(teacher)];
    case "ensemble": {
      const { ensemble, members } = teacher;
      return count(members).map((m) => reseeded(ensemble, ensemble.seed + m));
    }
    case "cross-fitted":
      return crossFittedRuns(teacher);
  }
}

function crossFittedRuns(
  { crossFitted, folds, repeats }: CrossFittedTeacher,
): RunSpec[] {
  return count(repeats).flatMap((repeat) => {
    const seed = crossFitted.seed + repeat;
    const network = reseeded(crossFitted, seed);
    return count(folds).map((fold) =>
      holdingOut(network, { folds, fold, seed })
    );
  });
}

function count(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** Returns a run with another seed, the same samples and the same teacher. */
function reseeded(spec: RunSpec, seed: number): RunSpec {
  return { ...spec, data: dataForSeed(spec, seed), seed };
}

/** Returns a run that holds out a fold, as do its teachers. */
function holdingOut(spec: RunSpec, holdOut: HoldOut): RunSpec {
  const { data, teacher } = spec;
  return {
    ...spec,
    data: { ...data, holdOut },
    teacher: teacher && teacherHoldingOut(teacher, holdOut),
  };
}

function teacherHoldingOut(
  teacher: TeacherSpec,
  holdOut: HoldOut,
): TeacherSpec {
  switch (teacher.kind) {
    case "logits":
    case "cross-fitted":
      return teacher;
    case "run":
      return runTeacher(holdingOut(runOfTeacher(teacher), holdOut));
    case "ensemble":
      return { ...teacher, ensemble: holdingOut(teacher.ensemble, holdOut) };
  }
}
