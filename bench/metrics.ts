/**
 * Question: how long do all metrics take, and 1,000 bootstrap resamples of them?
 *
 *   deno task bench metrics --rows 10000 --classes 10
 *
 * There is no peer: no other library has all of these metrics, or intervals.
 */
import { extendedMetrics } from "../lib/calibration/extended_metrics.ts";
import { bootstrapMetrics } from "../lib/calibration/resampling/bootstrap.ts";
import { whole, withDefault } from "../lib/cli/flags/flags.ts";
import { report, runBenchmark } from "./support/benchmark.ts";
import { compare, type Measurement } from "./support/measurement.ts";
import { overconfidentPredictions } from "./support/overconfident_predictions.ts";

const BINS = 15;

await runBenchmark({
  name: "metrics",
  summary: "time all metrics of predictions, and resamples of them",
  flags: {
    rows: withDefault(10_000, whole(1, "predictions")),
    classes: withDefault(10, whole(2, "classes")),
    resamples: withDefault(1000, whole(1, "bootstrap resamples")),
  },
  async measure({ rounds, rows, classes, resamples }) {
    const predictions = overconfidentPredictions(rows, classes, 1);
    const works = {
      "all metrics": () => extendedMetrics(predictions, { bins: BINS }),
      [`${resamples} resamples`]: () =>
        bootstrapMetrics([predictions], { bins: BINS, resamples }),
    };
    const size = `${rows} x ${classes}`;
    const measurements: Measurement[] = [];
    for (const [work, run] of Object.entries(works)) {
      const ours: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        await run();
        ours.push((performance.now() - start) / 1000);
        report(`${work}, ${size}: ${ours.at(-1)!.toFixed(2)} s`);
      }
      const unit = "s";
      measurements.push(
        compare({ work, size, unit }, { ours, peers: new Map() }),
      );
    }
    return measurements;
  },
});
