import {
  evaluateLogits,
  type LabelledLogits,
} from "../calibration/evaluate.ts";
import type { Evaluation } from "../calibration/evaluation.ts";
import {
  type Part,
  readRunLabels,
  readRunLogits,
  type RunFolder,
} from "./store.ts";

/** A finished run's logits for one part of its data, and the labels. */
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
 * The metrics of a finished run on the test set, as it is and with each
 * calibrator fitted on its validation part.
 *
 * @param bins whole, at least 1
 */
export async function evaluateRun(
  run: RunFolder,
  bins: number,
): Promise<Evaluation> {
  const test = await readRunPart(run, "test");
  const validation = await readRunPart(run, "val");
  return evaluateLogits(test.logits, test.labels, { bins, validation });
}
