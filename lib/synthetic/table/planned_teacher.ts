import { type MethodSpec, needsTeacher } from "../../smoothing/method.ts";
import { buildTargets } from "../../smoothing/targets.ts";
import type { TeacherPlan } from "../../runs/teacher_plan.ts";
import type { Candidate, Teacher } from "../candidate.ts";
import type { Job, Laboratory, Network } from "../laboratory.ts";
import { teacherOf } from "../teacher_of.ts";
import {
  crossFittedPlan,
  ensemblePlan,
  type FoldSplit,
  type JointPlan,
  trainJoint,
} from "../teachers/joint_teachers.ts";

/** A teacher and the networks trained for it. */
export interface PlannedTeacher {
  readonly teacher: Teacher;
  readonly networks: readonly Network[];
}

/**
 * Trains the first teacher of a plan. If its method needs a teacher, its
 * networks learn from `plain`; those of a cross-fitted teacher learn from
 * networks that hold out the same fold.
 *
 * @param plain the network trained on hard labels
 */
export function firstTeacher(
  laboratory: Laboratory,
  { method, networks: kind }: TeacherPlan,
  plain: Candidate,
): PlannedTeacher {
  const plainTeacher = () => teacherOf(laboratory, plain);
  if (kind.kind === "folds") {
    return needsTeacher(method)
      ? trainTaughtFolds(laboratory, method, kind)
      : trainPlan(laboratory, crossFittedPlan(laboratory, method, kind));
  }
  if (kind.kind === "one" && method.name === "ce") {
    return { teacher: plainTeacher(), networks: [] };
  }
  return trainPlan(
    laboratory,
    ensemblePlan(laboratory, method, {
      teacher: needsTeacher(method) ? plainTeacher() : undefined,
      members: kind.kind === "one" ? 1 : kind.members,
    }),
  );
}

/**
 * Returns the teachers of a later generation: each is the network chosen in the
 * previous generation, or an ensemble trained like it.
 *
 * @param before chosen networks of the previous generation, and their teachers
 */
export function nextTeachers(
  laboratory: Laboratory,
  { networks: kind }: TeacherPlan,
  before: readonly {
    readonly chosen: Candidate;
    readonly teacher: Teacher;
  }[],
): PlannedTeacher[] {
  if (kind.kind !== "ensemble") {
    return before.map(({ chosen }) => (
      { teacher: teacherOf(laboratory, chosen), networks: [] }
    ));
  }
  const { members } = kind;
  const plans = before.map(({ chosen: { method }, teacher }, i) =>
    [i, ensemblePlan(laboratory, method, { teacher, members })] as const
  );
  return Object.values(trainJoint(laboratory, Object.fromEntries(plans)))
    .map((teacher) => ({ teacher, networks: teacher.networks }));
}

function trainPlan(laboratory: Laboratory, plan: JointPlan): PlannedTeacher {
  const teacher = trainJoint(laboratory, { plan }).plan;
  return { teacher, networks: teacher.networks };
}

/**
 * Trains a network per fold, taught by a plain network with the same held-out
 * fold.
 */
function trainTaughtFolds(
  laboratory: Laboratory,
  method: MethodSpec,
  split: FoldSplit,
): PlannedTeacher {
  const { classes, data: { train: { labels } } } = laboratory;
  const plan = crossFittedPlan(laboratory, { name: "ce" }, split);
  const first = laboratory.train(plan.jobs);
  const validation = laboratory.predict(first, "validation");
  const jobs = plan.jobs.map((job, i): Job => {
    const candidate = { network: first[i], validation: validation[i] };
    const teacher = teacherOf(laboratory, candidate);
    const targets = buildTargets(method, { labels, classes, teacher });
    return { ...job, targets };
  });
  const { teacher, networks } = trainPlan(laboratory, { ...plan, jobs });
  return { teacher, networks: [...first, ...networks] };
}
