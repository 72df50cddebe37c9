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

/** Several networks with what they say together. */
export interface JointTeacher extends Teacher {
  readonly networks: readonly Network[];
  /** `[validation, classes]` */
  readonly validation: Logits;
}

/** Networks to be trained, and how they will speak together. */
export interface JointPlan {
  readonly jobs: readonly Job[];
  /** @param networks those of the jobs, in their order */
  readonly join: (networks: readonly Network[]) => JointTeacher;
}

/** Trains the networks of several plans as one stack. */
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

/** What an ensemble is told; as many members as the spec has, untaught. */
interface EnsembleOptions {
  readonly teacher?: Teacher | undefined;
  /** At least 1. */
  readonly members?: number;
}

/**
 * Networks that differ in their seeds alone; together they say the mean of
 * their probabilities. The members of two ensembles start alike.
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
      logits: meanLogits(laboratory.ask(networks, "train")),
      ...onValidation(laboratory, networks),
    }),
  };
}

/** How the training points are cut for a cross-fitted teacher. */
export interface Cut {
  /** At least 2. */
  readonly folds: number;
  /** Cuts of their own, at least 1. */
  readonly repeats: number;
}

/**
 * Networks each of which holds out a fold: of a training point they say what
 * those say on average that have not seen it, one a repeat.
 */
export function crossFittedPlan(
  laboratory: Laboratory,
  method: MethodSpec,
  cut: Cut = { folds: FOLDS, repeats: laboratory.spec.members / FOLDS },
): JointPlan {
  const { classes, data: { train: { labels } } } = laboratory;
  const targets = buildTargets(method, { labels, classes });
  const folds = Array.from(
    { length: cut.repeats },
    (_, repeat) =>
      stratifiedFolds(labels, {
        folds: cut.folds,
        seed: hash32(`${laboratory.name}/folds/${repeat}`),
      }),
  );
  return {
    jobs: folds.flatMap((foldOf, repeat) =>
      Array.from({ length: cut.folds }, (_, fold) => ({
        name: `teachers/fold-${repeat}-${fold}`,
        targets,
        rows: Int32Array.from(labels.keys()).filter((i) => foldOf[i] !== fold),
      }))
    ),
    join: (networks) => {
      const said = laboratory.ask(networks, "train");
      const unseen = folds.map((foldOf, repeat) =>
        foldLogits(
          said.slice(repeat * cut.folds, (repeat + 1) * cut.folds),
          foldOf,
        )
      );
      const logits = meanLogits(unseen);
      return { networks, logits, ...onValidation(laboratory, networks) };
    },
  };
}

/** None has seen validation points, so there all have a say. */
function onValidation(laboratory: Laboratory, networks: readonly Network[]) {
  const { labels } = laboratory.data.validation;
  const validation = meanLogits(laboratory.ask(networks, "validation"));
  const { temperature } = fitTemperature(validation, labels);
  return { validation, temperature };
}
