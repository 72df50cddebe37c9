import { type MethodSpec, needsTeacher } from "../../smoothing/method.ts";
import { buildTargets } from "../../smoothing/targets.ts";
import type { TeacherPlan } from "../../runs/teacher_plan.ts";
import type { Candidate, Teacher } from "../candidate.ts";
import type { Job, Laboratory, Network } from "../laboratory.ts";
import { teacherOf } from "../teacher_of.ts";
import {
  crossFittedPlan,
  type Cut,
  ensemblePlan,
  type JointPlan,
  trainJoint,
} from "../teachers/joint_teachers.ts";

/** A teacher with the networks that were trained for it. */
export interface PlannedTeacher {
  readonly teacher: Teacher;
  readonly networks: readonly Network[];
}

/**
 * The first teacher of a plan. Its own networks learn from `plain` where their
 * method needs a teacher; those of a cross-fitted one from networks that have
 * not seen their fold either.
 *
 * @param plain the network trained on hard labels
 */
export function firstTeacher(
  laboratory: Laboratory,
  { method, networks: kind }: TeacherPlan,
  plain: Candidate,
): PlannedTeacher {
  const word = () => teacherOf(laboratory, plain);
  if (kind.kind === "folds") {
    return needsTeacher(method)
      ? trainTaughtFolds(laboratory, method, kind)
      : trainPlan(laboratory, crossFittedPlan(laboratory, method, kind));
  }
  if (kind.kind === "one" && method.name === "ce") {
    return { teacher: word(), networks: [] };
  }
  return trainPlan(
    laboratory,
    ensemblePlan(laboratory, method, {
      teacher: needsTeacher(method) ? word() : undefined,
      members: kind.kind === "one" ? 1 : kind.members,
    }),
  );
}

/**
 * The teachers of a later generation: each the network that was chosen of the
 * one before, or as many of its kind as the plan's ensemble has.
 *
 * @param before what was chosen, and who taught it
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

/** Each fold's network is taught by a plain one that holds out the same. */
function trainTaughtFolds(
  laboratory: Laboratory,
  method: MethodSpec,
  cut: Cut,
): PlannedTeacher {
  const { classes, data: { train: { labels } } } = laboratory;
  const plan = crossFittedPlan(laboratory, { name: "ce" }, cut);
  const first = laboratory.train(plan.jobs);
  const validation = laboratory.ask(first, "validation");
  const jobs = plan.jobs.map((job, i): Job => {
    const candidate = { network: first[i], validation: validation[i] };
    const teacher = teacherOf(laboratory, candidate);
    const targets = buildTargets(method, { labels, classes, teacher });
    return { ...job, targets };
  });
  const { teacher, networks } = trainPlan(laboratory, { ...plan, jobs });
  return { teacher, networks: [...first, ...networks] };
}
