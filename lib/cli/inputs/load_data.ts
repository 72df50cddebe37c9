import type { Dataset } from "../../data/image_set.ts";
import { loadDatasetOnce } from "../../runs/load_dataset.ts";
import type { DataSpec } from "../../runs/spec.ts";
import type { Context } from "../command.ts";
import { dataReporter } from "../terminal/data_reporter.ts";

/** Loads a data set, and reports its download and what is wrong with its samples. */
export function loadData(
  { dataset, own }: Pick<DataSpec, "dataset" | "own">,
  context: Context,
): Promise<Dataset> {
  return loadDatasetOnce(dataset, { own, report: dataReporter(context) });
}
