import { BadInput } from "../../bad_input.ts";
import { inputRemarks } from "../../calibration/input_remarks.ts";
import { readRunPart } from "../../runs/evaluate.ts";
import { findRun } from "../../runs/open.ts";
import type { DataSpec } from "../../runs/spec.ts";
import { runFiles } from "../../runs/store.ts";
import type { LoadedScores, ScoredModel } from "./loaded_scores.ts";

/**
 * Reads the test and validation rows of runs. A data set and its labels fix the test
 * rows, which are all of its test images in order.
 *
 * @param runs folders or ids, at least one
 * @throws {BadInput} if a run does not exist or is there twice, or their test rows differ
 */
export async function loadRunScores(
  runs: readonly string[],
): Promise<LoadedScores> {
  const models: ScoredModel[] = [];
  const files: string[] = [];
  let first: RunRows | undefined;
  for (const name of runs) {
    const run = await findRun(name);
    const { id, classNames, spec } = run.record;
    const { logits, labels } = await readRunPart(run, "test");
    const rows = { id, labels, classNames, data: spec.data };
    if (models.some((model) => model.name === id)) {
      throw new BadInput(`--run must not repeat a run: ${id} is there twice`);
    }
    first ??= rows;
    checkSameRows(rows, first);
    const validation = await readRunPart(run, "val");
    models.push({ name: id, logits, validation, also: [] });
    files.push(...runFiles(run));
  }
  const { labels, classNames } = first!;
  const remarks = inputRemarks(models, labels);
  const testRows = { stored: labels.length, kept: undefined };
  return { models, labels, testRows, classNames, remarks, files };
}

/** The test rows of a run. */
interface RunRows {
  readonly id: string;
  readonly labels: Int32Array;
  readonly classNames: readonly string[];
  readonly data: DataSpec;
}

function checkSameRows(run: RunRows, first: RunRows): void {
  const contentOf = ({ data: { dataset, own } }: RunRows) =>
    own?.sha256 ?? dataset;
  const differences: [string, boolean][] = [
    ["they are of different data sets", contentOf(run) !== contentOf(first)],
    [
      "their test rows have different labels",
      `${run.labels}` !== `${first.labels}`,
    ],
  ];
  const [different] = differences.filter(([, differ]) => differ);
  if (different === undefined) return;
  throw new BadInput(
    `Cannot compare run ${run.id} with ${first.id}: ${different[0]}`,
  );
}
