import { fitTemperature } from "../../calibration/calibrators/temperature.ts";
import { stratifiedFolds } from "../../data/folds.ts";
import { foldLogits } from "../../logits/fold_logits.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { meanLogits } from "../../logits/mean_logits.ts";
import { hash32 } from "../../random.ts";
import type { MethodSpec } from "../../smoothing/method.ts";
import { buildTargets } from "../../smoothing/targets.ts";
import type { Teacher } from "../candidate.ts";
import type { Job, Laboratory, Network } from "../laboratory.ts";
import { FOLDS } from "./teacher_grid.ts";
import { WIDE_BOUND } from "../study_numbers.ts";

/** Several networks and their joint predictions. */
export interface JointTeacher extends Teacher {
  readonly networks: readonly Network[];
  /** Joint logits, `[validation, classes]`. */
  readonly validation: Logits;
}

/** Networks to train, and how to combine their predictions. */
export interface JointPlan {
  readonly jobs: readonly Job[];
  /**
   * Combines the trained networks.
   *
   * @param networks one per job, in the jobs' order
   */
  readonly join: (networks: readonly Network[]) => JointTeacher;
}

/**
 * Trains the networks of several plans as one stack; returns a teacher per
 * plan.
 */
export function trainJoint<Name extends string>(
  laboratory: Laboratory,
  plans: Readonly<Record<Name, JointPlan>>,
): Record<Name, JointTeacher> {
  const entries = Object.entries<JointPlan>(plans);
  const trained = laboratory.train(entries.flatMap(([, { jobs }]) => jobs));
  let start = 0;
  const teachers = entries.map(([name, { jobs, join }]) => {
    const own = trained.slice(start, start += jobs.length);
    return [name, join(own)] as const;
  });
  return Object.fromEntries(teachers) as Record<Name, JointTeacher>;
}

/** Options of `ensemblePlan()`. */
interface EnsembleOptions {
  /** Teacher of the members; none by default. */
  readonly teacher?: Teacher | undefined;
  /** Number of networks, at least 1; that of the spec by default. */
  readonly members?: number;
}

/**
 * Plans an ensemble: networks that differ only in seed; its output is their
 * mean probability. Members of two ensembles start from the same weights.
 */
export function ensemblePlan(
  laboratory: Laboratory,
  method: MethodSpec,
  { teacher, members = laboratory.spec.members }: EnsembleOptions = {},
): JointPlan {
  const { classes, data: { train: { labels } } } = laboratory;
  const options = { labels, classes, ...(teacher ? { teacher } : {}) };
  const targets = buildTargets(method, options);
  return {
    jobs: Array.from(
      { length: members },
      (_, i) => ({ name: `teachers/member-${i}`, targets }),
    ),
    join: (networks) => ({
      networks,
      logits: meanLogits(laboratory.predict(networks, "train")),
      ...onValidation(laboratory, networks),
    }),
  };
}

/** How the training points are split for a cross-fitted teacher. */
export interface FoldSplit {
  /** Number of folds, at least 2. */
  readonly folds: number;
  /** Number of independent splits, at least 1. */
  readonly repeats: number;
}

/**
 * Plans a cross-fitted teacher: each network holds out one fold. The output for
 * a training point is the mean probability of the networks that have not seen
 * it, one per repeat.
 */
export function crossFittedPlan(
  laboratory: Laboratory,
  method: MethodSpec,
  split: FoldSplit = { folds: FOLDS, repeats: laboratory.spec.members / FOLDS },
): JointPlan {
  const { classes, data: { train: { labels } } } = laboratory;
  const targets = buildTargets(method, { labels, classes });
  const folds = Array.from(
    { length: split.repeats },
    (_, repeat) =>
      stratifiedFolds(labels, {
        folds: split.folds,
        seed: hash32(`${laboratory.name}/folds/${repeat}`),
      }),
  );
  return {
    jobs: folds.flatMap((foldOf, repeat) =>
      Array.from({ length: split.folds }, (_, fold) => ({
        name: `teachers/fold-${repeat}-${fold}`,
        targets,
        rows: Int32Array.from(labels.keys()).filter((i) => foldOf[i] !== fold),
      }))
    ),
    join: (networks) => {
      const each = laboratory.predict(networks, "train");
      const unseen = folds.map((foldOf, repeat) =>
        foldLogits(
          each.slice(repeat * split.folds, (repeat + 1) * split.folds),
          foldOf,
        )
      );
      const logits = meanLogits(unseen);
      return { networks, logits, ...onValidation(laboratory, networks) };
    },
  };
}

/** No network has seen the validation points, so all of them count. */
function onValidation(laboratory: Laboratory, networks: readonly Network[]) {
  const { labels } = laboratory.data.validation;
  const validation = meanLogits(laboratory.predict(networks, "validation"));
  const { temperature } = fitTemperature(validation, labels, WIDE_BOUND);
  return { validation, temperature };
}
