import type { CalibratorName } from "../../../lib/calibration/calibrators/calibrators.ts";
import { CALIBRATORS } from "../../../lib/calibration/calibrators/calibrators.ts";
import {
  type FlatMetrics,
  flatMetrics,
} from "../../../lib/reports/calibration/flat_metrics.ts";
import { EXTENDED_METRIC_NAMES } from "../../../lib/calibration/extended_names.ts";
import type { ExtendedMetrics } from "../../../lib/calibration/extended_metrics.ts";
import type { ReportVersion } from "../../../lib/reports/calibration/report_data.ts";

/** A value with the ends of its interval, in per cent. */
export type Percent = readonly [value: number, low: number, high: number];

/** What a sentence depends on, in per cent; parts of the ECE and changes may be left out. */
export interface VersionSample {
  readonly ece: number;
  readonly under?: number;
  readonly gap?: Percent;
  readonly chance?: number | null;
  readonly by?: CalibratorName;
  readonly summary?: string;
  readonly change?: Percent;
  readonly accuracy?: Percent;
  readonly fromMain?: Percent;
  readonly problems?: readonly string[];
}

/** A version of a model with the numbers of a sample; all others are 0. */
export function versionOf(sample: VersionSample): ReportVersion {
  const { ece, under = 0, gap = [ece, ece, ece], chance = 0.3 } = sample;
  const { by = null, summary = "", change, accuracy, fromMain } = sample;
  return {
    by,
    title: by === null ? "uncalibrated" : CALIBRATORS[by].title,
    fit: by === null
      ? null
      : { summary, parameters: {}, problems: sample.problems ?? [] },
    metrics: {
      ...ZERO,
      ece: ece / 100,
      overconfidence: (ece - under) / 100,
      underconfidence: under / 100,
    },
    changes: change === undefined ? null : {
      ...ZERO,
      ...flat("ece", change),
      ...accuracy === undefined ? {} : flat("accuracy", accuracy),
    },
    fromReference: null,
    eceFromMain: fromMain === undefined ? null : differenceOf(fromMain),
    confidenceGap: differenceOf(gap),
    chanceEce: chance === null ? null : chance / 100,
    diagrams: { bins: [], riskCoverage: [] },
  };
}

const ZERO: FlatMetrics = flatMetrics(
  Object.fromEntries(
    EXTENDED_METRIC_NAMES.map((name) => [name, 0]),
  ) as unknown as ExtendedMetrics,
  Object.fromEntries(
    EXTENDED_METRIC_NAMES.map((name) => [name, { low: 0, high: 0 }]),
  ) as never,
);

function differenceOf(percent: Percent) {
  const [value, low, high] = percent.map(share);
  return { value: value!, low, high };
}

function flat(name: "ece" | "accuracy", percent: Percent) {
  const [value, low, high] = percent.map(share);
  return { [name]: value, [`${name}Low`]: low, [`${name}High`]: high };
}

/** A share; NaN stands for no interval. */
function share(percent: number): number | null {
  return Number.isNaN(percent) ? null : percent / 100;
}
