import { type MethodSpec, needsTeacher } from "../smoothing/method.ts";
import { type RunSpec, runTeacher, type TeacherSpec } from "./spec.ts";

/** How to train the teacher of a run. */
export interface TeacherPlan {
  /** Method by which the teacher's networks are trained. */
  readonly method: MethodSpec;
  /** Number of networks, and how their outputs are combined. */
  readonly networks:
    | { readonly kind: "one" }
    | { readonly kind: "ensemble"; readonly members: number }
    | {
      readonly kind: "folds";
      readonly folds: number;
      readonly repeats: number;
    };
  /**
   * Number of generations, at least 1. From the second on, the network of the
   * last generation teaches the next, or an ensemble of such networks if the
   * plan has one.
   */
  readonly generations: number;
}

/**
 * Returns the run of a method with a planned teacher; all its networks have the
 * same settings and data. A method that needs no teacher has none.
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
