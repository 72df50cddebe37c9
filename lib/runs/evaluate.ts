import {
  evaluateLogits,
  type LabelledLogits,
  type LogitsMetrics,
} from "../calibration/evaluate.ts";
import {
  type Part,
  readRunLabels,
  readRunLogits,
  type StoredRun,
} from "./store.ts";

/** What a finished run says of one part of its data, and the truth. */
export async function readRunPart(
  run: StoredRun,
  part: Part,
): Promise<LabelledLogits> {
  return {
    logits: await readRunLogits(run, part),
    labels: await readRunLabels(run, part),
  };
}

/**
 * A finished run on the test set, as it is and with the temperature fitted on
 * its validation part.
 *
 * @param bins whole, at least 1
 */
export async function evaluateRun(
  run: StoredRun,
  bins: number,
): Promise<LogitsMetrics> {
  const test = await readRunPart(run, "test");
  const validation = await readRunPart(run, "val");
  return evaluateLogits(test.logits, test.labels, { bins, validation });
}
