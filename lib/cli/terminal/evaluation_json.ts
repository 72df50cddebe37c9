import type { ExtendedEvaluation } from "../../calibration/extended_evaluation.ts";
import {
  type Evaluation,
  type ScaledMetrics,
  scaledMetrics,
} from "../../calibration/evaluation.ts";
import type { ExtendedMetrics } from "../../calibration/extended_metrics.ts";
import type { MetricIntervals } from "../../calibration/resampling/bootstrap.ts";

/**
 * Returns an evaluation as `--json` prints it: the metrics, and if a temperature
 * was fitted, `temperature`, `temperatureAtBound` and `scaled`. Other
 * calibrators follow under `calibrated`.
 */
export function evaluationJson(evaluation: Evaluation) {
  const { plain, calibrated } = evaluation;
  const scaling = scaledMetrics(evaluation);
  const others = calibrated.filter(({ by }) => by !== "temperature");
  return {
    ...plain,
    ...(scaling === undefined ? {} : scalingJson(scaling)),
    ...(others.length === 0 ? {} : { calibrated: others }),
  };
}

function scalingJson({ temperature, atBound, metrics }: ScaledMetrics) {
  return { temperature, temperatureAtBound: atBound, scaled: metrics };
}

/**
 * Returns an evaluation with intervals as `--json` prints it: as `evaluationJson()`,
 * with the ends of each metric's interval as `<name>Low` and `<name>High` after the
 * metrics. A metric without a value is null.
 */
export function extendedJson(evaluation: ExtendedEvaluation) {
  const { plain, calibrated, intervals: [first, ...others] } = evaluation;
  return evaluationJson({
    plain: withIntervals(plain, first),
    calibrated: calibrated.map(({ metrics, ...fit }, i) => (
      { ...fit, metrics: withIntervals(metrics, others[i]) }
    )),
  });
}

function withIntervals(
  metrics: ExtendedMetrics,
  intervals: MetricIntervals | undefined,
): ExtendedMetrics {
  const ends = Object.entries(intervals ?? {})
    .flatMap(([name, { low, high }]) => [
      [`${name}Low`, low],
      [`${name}High`, high],
    ]);
  return { ...metrics, ...Object.fromEntries(ends) };
}
