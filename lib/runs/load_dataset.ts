import { loadDataset } from "../data/dataset.ts";
import type { Dataset } from "../data/image_set.ts";
import { loadOwn, type OwnData } from "../data/own/load.ts";
import { type Report, silent } from "../data/report.ts";

const loaded = new Map<string, Promise<Dataset>>();

/** Loads a data set by name, or own data, once per process. */
export function loadDatasetOnce(
  name: string,
  { own, report = silent }: {
    readonly own?: OwnData | undefined;
    readonly report?: Report;
  } = {},
): Promise<Dataset> {
  const key = JSON.stringify([name, own]);
  let dataset = loaded.get(key);
  if (dataset === undefined) {
    dataset = own === undefined
      ? loadDataset(name, { report })
      : loadOwn(own, report);
    loaded.set(key, dataset);
    // A failure is not cached: the next call tries again.
    dataset.catch(() => loaded.delete(key));
  }
  return dataset;
}
