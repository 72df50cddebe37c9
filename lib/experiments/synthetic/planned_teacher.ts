import { type MethodSpec, needsTeacher } from "../../smoothing/method.ts";
import { buildTargets } from "../../smoothing/targets.ts";
import type { TeacherPlan } from "../taught_run.ts";
import type { Candidate, Choice, Teacher } from "./candidate.ts";
import type { Job, Laboratory, Network } from "./laboratory.ts";
import { teacherOf } from "./teacher_of.ts";
import { crossFittedPlan, ensemblePlan, type JointPlan } from "./teachers.ts";

/** A teacher with the networks that were trained for it. */
export interface PlannedTeacher {
  readonly teacher: Teacher;
  readonly networks: readonly Network[];
}

/**
 * The first teacher of a plan, from the training set alone. Its own networks
 * learn from `plain` where their method needs a teacher; those of a
 * cross-fitted one from networks that have not seen their fold either.
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
    const plan = crossFittedPlan(laboratory, { name: "ce" }, kind);
    return trainFolds(laboratory, plan, method);
  }
  if (kind.kind === "one" && method.name === "ce") {
    return { teacher: word(), networks: [] };
  }
  const members = kind.kind === "one" ? 1 : kind.members;
  const teacher = needsTeacher(method) ? word() : undefined;
  return trainMembers(laboratory, { method, teacher, members });
}

/**
 * The teacher of a later generation: the network that was chosen of the one
 * before, or as many of its kind as the plan's ensemble has.
 *
 * @param teacher who taught it
 */
export function nextTeacher(
  laboratory: Laboratory,
  { networks: kind }: TeacherPlan,
  { chosen, teacher }: { readonly chosen: Choice; readonly teacher: Teacher },
): PlannedTeacher {
  if (kind.kind !== "ensemble") {
    return { teacher: teacherOf(laboratory, chosen), networks: [] };
  }
  const { members } = kind;
  const { method } = chosen;
  return trainMembers(laboratory, { method, teacher, members });
}

function trainMembers(
  laboratory: Laboratory,
  { method, teacher, members }: {
    readonly method: MethodSpec;
    readonly teacher: Teacher | undefined;
    readonly members: number;
  },
): PlannedTeacher {
  return trained(
    laboratory,
    ensemblePlan(laboratory, method, teacher, members),
  );
}

function trained(laboratory: Laboratory, plan: JointPlan): PlannedTeacher {
  const networks = laboratory.train(plan.jobs);
  return { teacher: plan.join(networks), networks };
}

/** @param plan of networks trained on hard labels */
function trainFolds(
  laboratory: Laboratory,
  plan: JointPlan,
  method: MethodSpec,
): PlannedTeacher {
  const { classes, data: { train: { labels } } } = laboratory;
  if (!needsTeacher(method)) {
    const targets = buildTargets(method, { labels, classes });
    const jobs = plan.jobs.map((job) => ({ ...job, targets }));
    return trained(laboratory, { ...plan, jobs });
  }
  const first = laboratory.train(plan.jobs);
  const validation = laboratory.ask(first, "validation");
  const jobs = plan.jobs.map((job, i): Job => {
    const candidate = { network: first[i], validation: validation[i] };
    const teacher = teacherOf(laboratory, candidate);
    return {
      ...job,
      targets: buildTargets(method, { labels, classes, teacher }),
    };
  });
  const { teacher, networks } = trained(laboratory, { ...plan, jobs });
  return { teacher, networks: [...first, ...networks] };
}
