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

/** Calibrators over each other in one chart, besides the uncalibrated model. */
const MOST_CALIBRATORS = 3;

/**
 * Panels of a table: all versions of a single model, or all models without calibration,
 * and then after each calibrator.
 */
export function tablePanels({ models }: ReportSet): Panel[] {
  if (models.length === 1) {
    const series = models[0].versions.map((version) => (
      { label: versionLabel(version), version }
    ));
    return [{ title: "", series, differences: [] }];
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

/** Panels of charts: as those of tables, with few calibrators in each. */
export function chartPanels(set: ReportSet): Pick<Panel, "title" | "series">[] {
  const panels = tablePanels(set);
  if (set.models.length > 1) return panels;
  const [{ series: [plain, ...calibrated] }] = panels;
  const groups = [calibrated.slice(0, MOST_CALIBRATORS)];
  for (let i = MOST_CALIBRATORS; i < calibrated.length; i += MOST_CALIBRATORS) {
    groups.push(calibrated.slice(i, i + MOST_CALIBRATORS));
  }
  return groups.map((group) => (
    { title: "", series: [plain, ...group] }
  ));
}

/** "uncalibrated", "T = 2.88" or "vector scaling". */
export function versionLabel({ by, title, fit }: ReportVersion): string {
  return by === "temperature" ? fit!.summary : title;
}
