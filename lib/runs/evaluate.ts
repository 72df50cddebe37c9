import type { CalibratorName } from "../calibration/calibrators/calibrators.ts";
import { evaluateLogits } from "../calibration/evaluate.ts";
import type { LabelledLogits } from "../calibration/labelled_logits.ts";
import type { Evaluation } from "../calibration/evaluation.ts";
import type { RunFolder } from "./intact_file.ts";
import { type Part, readRunLabels, readRunLogits } from "./store.ts";

/** Reads a finished run's logits and labels for one part of its data. */
export async function readRunPart(
  run: RunFolder,
  part: Part,
): Promise<LabelledLogits> {
  return {
    logits: await readRunLogits(run, part),
    labels: await readRunLabels(run, part),
  };
}

/**
 * Computes a finished run's metrics on the test set, plain and with calibrators fitted
 * on the validation part.
 *
 * @param bins an integer of at least 1
 * @param calibrators names of the calibrators (temperature scaling)
 */
export async function evaluateRun(
  run: RunFolder,
  bins: number,
  calibrators?: readonly CalibratorName[],
): Promise<Evaluation> {
  const test = await readRunPart(run, "test");
  const validation = await readRunPart(run, "val");
  return evaluateLogits(test.logits, test.labels, {
    bins,
    validation,
    calibrators,
  });
}
