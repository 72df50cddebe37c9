import { type MethodSpec, needsTeacher } from "../smoothing/method.ts";
import { type RunSpec, runTeacher, type TeacherSpec } from "./spec.ts";

/** Who teaches a run, where no teacher is given. */
export interface TeacherPlan {
  /** What the teacher's own networks are trained with. */
  readonly method: MethodSpec;
  /** How many there are, and what each says a word on. */
  readonly networks:
    | { readonly kind: "one" }
    | { readonly kind: "ensemble"; readonly members: number }
    | {
      readonly kind: "folds";
      readonly folds: number;
      readonly repeats: number;
    };
  /**
   * At least 1. From the second on, the network that was taught last teaches
   * the next, with its like where the plan is of an ensemble.
   */
  readonly generations: number;
}

/**
 * The run of a method by a planned teacher, all of the same settings and data;
 * a method that needs no teacher has none.
 *
 * @param plain the run without a teacher, trained with `ce`
 */
export function runWithTeacher(
  plain: RunSpec,
  method: MethodSpec,
  plan: TeacherPlan,
): RunSpec {
  const network = trainedWith(plain, plan.method, runTeacher(plain));
  let run = trainedWith(plain, method, firstTeacher(network, plan));
  for (let generation = 2; generation <= plan.generations; generation++) {
    run = { ...run, teacher: nextTeacher(run, plan) };
  }
  return run;
}

function trainedWith(
  plain: RunSpec,
  method: MethodSpec,
  teacher: TeacherSpec,
): RunSpec {
  return {
    ...plain,
    objective: { kind: "targets", method },
    teacher: needsTeacher(method) ? teacher : null,
  };
}

function firstTeacher(
  network: RunSpec,
  { networks }: TeacherPlan,
): TeacherSpec {
  if (networks.kind !== "folds") return nextTeacher(network, { networks });
  const { folds, repeats } = networks;
  return { kind: "cross-fitted", crossFitted: network, folds, repeats };
}

function nextTeacher(
  network: RunSpec,
  { networks }: Pick<TeacherPlan, "networks">,
): TeacherSpec {
  return networks.kind === "ensemble"
    ? { kind: "ensemble", ensemble: network, members: networks.members }
    : runTeacher(network);
}
