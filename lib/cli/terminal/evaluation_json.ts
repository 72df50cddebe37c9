import {
  type Evaluation,
  type ScaledMetrics,
  scaledMetrics,
} from "../../calibration/evaluation.ts";

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
