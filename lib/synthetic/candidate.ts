import { fitTemperature } from "../calibration/calibrators/temperature.ts";
import type { Logits } from "../matrix_kinds.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import { buildTargets } from "../smoothing/targets.ts";
import type { Laboratory, Network } from "./laboratory.ts";
import { PUBLISHED_BOUND } from "./study_numbers.ts";

/** What a teacher says of the training points. */
export interface Teacher {
  /** `[train, classes]` */
  readonly logits: Logits;
  /** Its own, fitted on validation; matters to `ils1` and `ilsq`. */
  readonly temperature: number;
}

/** A network to be trained by a method. */
export interface Plan {
  /** As a job's: what its random streams hang on. */
  readonly name: string;
  readonly method: MethodSpec;
  /** For a method that needs one. */
  readonly teacher?: Teacher | undefined;
}

/** A trained network that may be chosen. */
export interface Candidate {
  readonly method: MethodSpec;
  readonly network: Network;
  /** What it says of the validation points, `[validation, classes]`. */
  readonly validation: Logits;
}

/** Trains a network for each plan, in their order. */
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
  const logits = laboratory.ask(networks, "validation");
  return plans.map(({ method }, i) => ({
    method,
    network: networks[i],
    validation: logits[i],
  }));
}

/**
 * How a row is scaled: not at all, by a temperature of any size, or by one
 * between the bounds of the study's code.
 */
export type Bound = null | "wide" | "published";

/** The candidate that validation chose. */
export interface Choice extends Candidate {
  /** 1 where nothing is scaled. */
  readonly temperature: number;
  /** Scaled where the row is. */
  readonly validationLogLoss: number;
}

/**
 * The candidate whose validation log loss is smallest, each with its own
 * temperature where the row is scaled; the first among equals.
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
    ? fitTemperature(validation, labels)
    : fitTemperature(validation, labels, PUBLISHED_BOUND);
  return { temperature, validationLogLoss: logLoss };
}
