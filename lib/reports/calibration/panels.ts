import type { FlatMetrics } from "./flat_metrics.ts";
import type { ReportSet, ReportVersion } from "./report_data.ts";

/** Versions that are shown beside each other in a table, or over each other in a chart. */
export interface Panel {
  /** What they have in common, such as "after temperature scaling". */
  readonly title: string;
  readonly series: readonly Series[];
  /** Differences from the reference model. */
  readonly differences: readonly PanelDifference[];
}

/** One version with its label. */
export interface Series {
  /** A model, or the calibrator of the only model. */
  readonly label: string;
  readonly version: ReportVersion;
}

/** Differences of a model from the reference. */
export interface PanelDifference {
  /** The model. */
  readonly label: string;
  readonly values: FlatMetrics;
}

/** Columns of a table besides the names of its rows, so that it is not too wide. */
export const MOST_COLUMNS = 4;

/**
 * All models without calibration, and then after each calibrator; of a single model, the
 * uncalibrated logits with a few calibrators in each panel.
 */
export function panelsOf({ models }: ReportSet): Panel[] {
  if (models.length === 1) {
    const [plain, ...calibrated] = models[0].versions.map((version) => (
      { label: versionLabel(version), version }
    ));
    const groups = calibrated.length === 0
      ? [[]]
      : inGroups(calibrated, MOST_COLUMNS - 1);
    return groups.map((group) => (
      { title: "", series: [plain, ...group], differences: [] }
    ));
  }
  return models[0].versions.map(({ by, title }, v) => ({
    title: by === null ? title : `after ${title}`,
    series: models.map(({ name, versions }) => (
      { label: name, version: versions[v] }
    )),
    differences: models.flatMap(({ name, versions }) => {
      const values = versions[v].fromReference;
      return values === null ? [] : [{ label: name, values }];
    }),
  }));
}

/** Items in groups of at most some, in order. */
export function inGroups<Item>(
  items: readonly Item[],
  most: number,
): Item[][] {
  return Array.from(
    { length: Math.ceil(items.length / most) },
    (_, g) => items.slice(g * most, (g + 1) * most),
  );
}

/** "uncalibrated", "T = 2.88" or "vector scaling". */
export function versionLabel({ by, title, fit }: ReportVersion): string {
  return by === "temperature" ? fit!.summary : title;
}
