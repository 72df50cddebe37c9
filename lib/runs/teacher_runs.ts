import {
  dataForSeed,
  type HoldOut,
  type RunSpec,
  type TeacherSpec,
} from "./spec.ts";

/**
 * The runs that speak for a teacher: itself, the members of an ensemble by
 * seed, or for each repeat every fold; none for logits from elsewhere.
 */
export function teacherRuns(teacher: TeacherSpec | null): RunSpec[] {
  if (teacher === null || "logits" in teacher) return [];
  if ("ensemble" in teacher) {
    const { ensemble, members } = teacher;
    return count(members).map((m) => reseeded(ensemble, ensemble.seed + m));
  }
  if ("crossFitted" in teacher) {
    const { crossFitted, folds, repeats } = teacher;
    return count(repeats).flatMap((repeat) => {
      const seed = crossFitted.seed + repeat;
      const network = reseeded(crossFitted, seed);
      return count(folds).map((fold) =>
        holdingOut(network, { folds, fold, seed })
      );
    });
  }
  return [teacher];
}

function count(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

/** A run of another seed on the same samples, by the same teacher. */
function reseeded(spec: RunSpec, seed: number): RunSpec {
  return { ...spec, data: dataForSeed(spec, seed), seed };
}

/** A run that has not seen a fold, nor have those who taught it. */
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
  if ("logits" in teacher || "crossFitted" in teacher) return teacher;
  return "ensemble" in teacher
    ? { ...teacher, ensemble: holdingOut(teacher.ensemble, holdOut) }
    : holdingOut(teacher, holdOut);
}
