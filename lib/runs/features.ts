import { BadInput } from "../bad_input.ts";
import { type Report, silent } from "../data/report.ts";
import { asPoints, type Points } from "../matrix_kinds.ts";
import { penultimateModel } from "../models/penultimate.ts";
import { predict } from "../training/predict.ts";
import { takePart } from "./data.ts";
import { loadDatasetOnce } from "./load_dataset.ts";
import { openStoredModel } from "./stored_model.ts";
import { type Part, readRunIndices, type StoredRun } from "./store.ts";

/** Options of `penultimateFeatures()`. */
export interface FeatureOptions {
  /** Rows of the part, in any order and possibly repeated (all, in order). */
  readonly rows?: ArrayLike<number> | undefined;
  /** Receives messages about a download of the data set. */
  readonly report?: Report;
}

/**
 * Computes the penultimate features of a finished run, the input of its last
 * dense layer, for images of one part, in evaluation mode and without
 * augmentation. That layer makes the run's stored logits of them.
 *
 * The images are on the device together, and go through the network in batches.
 *
 * @returns `[rows, features]`, in the order of `rows`, by default in that of the
 * part's logits
 * @throws {BadInput} if the run's network or data set is missing or damaged, or a
 * row is not one of the part's
 */
export async function penultimateFeatures(
  run: StoredRun,
  part: Part,
  { rows, report = silent }: FeatureOptions = {},
): Promise<Points<Float32Array>> {
  const { spec: { data: { dataset: name, own } }, mean, std } = run.record;
  const indices = chosen(await readRunIndices(run, part), rows);
  const dataset = await loadDatasetOnce(name, { own, report });
  const set = part === "test" ? dataset.test : dataset.train;
  const model = await openStoredModel(run);
  try {
    const { images } = takePart({ ...dataset, mean, std }, set, indices);
    try {
      // The columns are features: the model ends before the logits.
      return asPoints(predict(penultimateModel(model), images));
    } finally {
      images.dispose();
    }
  } finally {
    model.dispose();
  }
}

function chosen(
  indices: Int32Array,
  rows: ArrayLike<number> | undefined,
): Int32Array {
  if (rows === undefined) return indices;
  const taken = Int32Array.from(rows, (row) => {
    if (Number.isInteger(row) && row >= 0 && row < indices.length) {
      return indices[row];
    }
    throw new BadInput(
      `Cannot compute features as rows must be in [0, ${
        indices.length - 1
      }]: current value is ${row}`,
    );
  });
  if (taken.length > 0) return taken;
  throw new BadInput("Cannot compute features of no rows");
}
