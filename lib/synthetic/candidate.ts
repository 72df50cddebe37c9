import { fitTemperature } from "../calibration/calibrators/temperature.ts";
import type { Logits } from "../matrix_kinds.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import { buildTargets } from "../smoothing/targets.ts";
import type { Laboratory, Network } from "./laboratory.ts";
import { PUBLISHED_BOUND, WIDE_BOUND } from "./study_numbers.ts";

/** A teacher's predictions for the training points. */
export interface Teacher {
  /** `[train, classes]` */
  readonly logits: Logits;
  /** Temperature fitted on validation; used by `ils1` and `ilsq` only. */
  readonly temperature: number;
}

/** A network to train by a method. */
export interface Plan {
  /** Names its random streams, like a job's name. */
  readonly name: string;
  readonly method: MethodSpec;
  /** Required if the method needs a teacher. */
  readonly teacher?: Teacher | undefined;
}

/** A trained network to choose from. */
export interface Candidate {
  readonly method: MethodSpec;
  readonly network: Network;
  /** Its logits on the validation points, `[validation, classes]`. */
  readonly validation: Logits;
}

/** Trains a network for each plan; returns them in the plans' order. */
export function trainPlans(
  laboratory: Laboratory,
  plans: readonly Plan[],
): Candidate[] {
  const { classes, data: { train: { labels } } } = laboratory;
  const jobs = plans.map(({ name, method, teacher }) => ({
    name,
    targets: buildTargets(method, {
      labels,
      classes,
      ...(teacher ? { teacher } : {}),
    }),
  }));
  const networks = laboratory.train(jobs);
  const logits = laboratory.predict(networks, "validation");
  return plans.map(({ method }, i) => ({
    method,
    network: networks[i],
    validation: logits[i],
  }));
}

/**
 * How a row is scaled: not at all, by any temperature, or by one within the
 * bounds of the study's code.
 */
export type Bound = null | "wide" | "published";

/** The candidate chosen on validation. */
export interface Choice extends Candidate {
  /** Temperature of the scaling; 1 without scaling. */
  readonly temperature: number;
  /** Validation log loss, after scaling if the row is scaled. */
  readonly validationLogLoss: number;
}

/**
 * Returns the candidate with the smallest validation log loss; the first one on
 * ties. For a scaled row, each candidate is scaled by its own temperature.
 *
 * @param candidates at least one
 */
export function choose(
  candidates: readonly Candidate[],
  { labels, bound }: { readonly labels: Int32Array; readonly bound: Bound },
): Choice {
  return candidates
    .map((candidate) => ({ ...candidate, ...fitted(candidate, labels, bound) }))
    .reduce((best, choice) =>
      choice.validationLogLoss < best.validationLogLoss ? choice : best
    );
}

function fitted(
  { network, validation }: Candidate,
  labels: Int32Array,
  bound: Bound,
) {
  if (bound === null) {
    const { validationLogLoss } = network;
    return { temperature: 1, validationLogLoss };
  }
  const { temperature, logLoss } = bound === "wide"
    ? fitTemperature(validation, labels, WIDE_BOUND)
    : fitTemperature(validation, labels, PUBLISHED_BOUND);
  return { temperature, validationLogLoss: logLoss };
}
