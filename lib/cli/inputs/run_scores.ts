import { BadInput } from "../../bad_input.ts";
import { inputRemarks } from "../../calibration/input_remarks.ts";
import { readRunPart } from "../../runs/evaluate.ts";
import { findRun } from "../../runs/open.ts";
import { runFiles } from "../../runs/store.ts";
import type { LoadedScores, ScoredModel } from "./loaded_scores.ts";

/**
 * Reads the test and validation rows of runs.
 *
 * @param runs folders or ids, at least one
 * @throws {BadInput} if a run does not exist, or their test rows differ
 */
export async function loadRunScores(
  runs: readonly string[],
): Promise<LoadedScores> {
  const models: ScoredModel[] = [];
  const files: string[] = [];
  let first: { labels: Int32Array; classNames: readonly string[] } | undefined;
  for (const name of runs) {
    const run = await findRun(name);
    const { id, classNames } = run.record;
    const { logits, labels } = await readRunPart(run, "test");
    first ??= { labels, classNames };
    if (`${labels}` !== `${first.labels}`) {
      throw new BadInput(
        `Cannot compare run ${id} with ${
          models[0].name
        }: their test rows have ` +
          "different labels",
      );
    }
    const validation = await readRunPart(run, "val");
    models.push({ name: id, logits, validation, also: [] });
    files.push(...runFiles(run));
  }
  const { labels, classNames } = first!;
  const remarks = inputRemarks(models, labels);
  return { models, labels, classNames, remarks, files };
}
