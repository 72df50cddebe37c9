import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import type { Role } from "./guess_roles.ts";
import type { InspectValues } from "./inspect_scores.ts";

/** A part of a file and what it is used for. */
export interface ChosenPart {
  readonly path: string;
  readonly role: Role;
  /** Column of the labels in a table that has scores too; empty for the usual one. */
  readonly labelColumn: string;
}

/** What the scores are; undefined for logits that must look like logits. */
export type ScoreKindName =
  | "probabilities"
  | "logProbabilities"
  | "votes"
  | "asLogits";

/** Settings of the page. */
export interface InspectSettings {
  readonly kind: ScoreKindName | undefined;
  readonly binary: boolean;
  readonly eceBins: number;
  /** Undefined for 1000, or none of many scores. */
  readonly resamples: number | undefined;
  readonly calibrators: readonly CalibratorName[];
  readonly floor: number | undefined;
  readonly ignoreLabel: number | undefined;
  readonly classes: readonly string[] | undefined;
}

/** The k of top-k accuracy and the seed, the defaults of the command line. */
const FIXED = { topK: 5, seed: 1 };

/**
 * The values of the flags of `ils evaluate` for the chosen parts, or what is missing.
 *
 * @returns undefined without scores or labels
 */
export function chosenValues(
  parts: readonly ChosenPart[],
  settings: InspectSettings,
): InspectValues | undefined {
  const test = filesOf(parts, ["scores", "labels", "both"]);
  const validation = filesOf(parts, ["valScores", "valLabels", "valBoth"]);
  if (test.scores.length === 0 || test.labels === undefined) return undefined;
  const { kind, calibrators, ...others } = settings;
  const hasValidation = validation.scores.length > 0;
  return {
    ...FIXED,
    ...others,
    run: undefined,
    logits: test.scores,
    labels: test.labels,
    valLogits: hasValidation ? validation.scores : undefined,
    valLabels: validation.labels,
    images: parts.find(({ role }) => role === "images")?.path,
    also: undefined,
    probabilities: kind === "probabilities",
    logProbabilities: kind === "logProbabilities",
    votes: kind === "votes",
    asLogits: kind === "asLogits",
    calibrator: hasValidation ? calibrators : undefined,
  };
}

function filesOf(
  parts: readonly ChosenPart[],
  [scores, labels, both]: readonly [Role, Role, Role],
) {
  const has = (...roles: readonly Role[]) =>
    parts.filter(({ role }) => roles.includes(role));
  const [labelled] = [...has(labels), ...has(both)];
  return {
    scores: has(scores, both).map(({ path }) => ({ name: undefined, path })),
    labels: labelled === undefined
      ? undefined
      : labelled.labelColumn === ""
      ? labelled.path
      : `${labelled.path}:${labelled.labelColumn}`,
  };
}
