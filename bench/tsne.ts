/**
 * Question: how long does our t-SNE take, compared with openTSNE on the same points?
 *
 *   deno task bench tsne --rows 3000 --peers openTSNE,scikit-learn
 *
 * Perplexity 30, 1,000 iterations. The peer is openTSNE with Barnes-Hut repulsion, as
 * in ours; its interpolation (openTSNE-FFT) and scikit-learn are slower, and with them
 * five rounds would take a quarter of an hour. The divergences, on standard error, are
 * computed by our code for all programs, from the same probabilities and with the
 * exact normaliser.
 */
import { choice, several, whole, withDefault } from "../lib/cli/flags/flags.ts";
import { matrix } from "../lib/matrix.ts";
import { asPoints, type Points } from "../lib/matrix_kinds.ts";
import { stream } from "../lib/random.ts";
import { report, runBenchmark } from "./support/benchmark.ts";
import { compare, type Measurement, medians } from "./support/measurement.ts";
import { mapRounds, runRounds } from "./support/rounds.ts";
import { TSNE_PEERS, tsnePrograms } from "./support/tsne_programs.ts";

const CLASSES = 10;

await runBenchmark({
  name: "tsne",
  summary: "time t-SNE against openTSNE",
  flags: {
    rows: withDefault(
      [3000, 10_000],
      several(whole(100, "points (default: 3000,10000)")),
    ),
    iterations: withDefault(1000, whole(250, "steps of gradient descent")),
    threads: withDefault(2, whole(1, "threads of each peer")),
    peers: withDefault(
      ["openTSNE"],
      several(
        choice(TSNE_PEERS, {
          placeholder: "NAME",
          help: "programs to compare with (default: openTSNE)",
        }),
      ),
    ),
  },
  async measure({ rounds, rows, ...options }) {
    const measurements: Measurement[] = [];
    for (const count of rows) {
      const size = `${count} x ${CLASSES}`;
      const programs = tsnePrograms(drawPoints(count), options);
      const results = await runRounds(rounds, programs, (run) => run());
      const divergence = mapRounds(results, (one) => one.divergence);
      const seconds = mapRounds(results, (one) => one.seconds);
      report(`${size}, divergence: ${medians(divergence)}`);
      report(`${size}, seconds: ${medians(seconds)}`);
      measurements.push(compare({ work: "t-SNE", size, unit: "s" }, seconds));
    }
    return measurements;
  },
});

/**
 * Draws logits similar to those of a trained classifier. Each class has a mean row:
 * 9 for itself plus, for its similarity to each class, 1.5 times a standard normal
 * number. Each row is its class mean times a factor in [0.3, 1] plus normal noise
 * with standard deviation 1.2.
 */
function drawPoints(rows: number): Points<Float64Array> {
  const random = stream(1, "bench/tsne");
  const means = Float64Array.from(
    { length: CLASSES * CLASSES },
    (_, at) =>
      1.5 * random.normal() +
      (at % CLASSES === Math.floor(at / CLASSES) ? 9 : 0),
  );
  const data = new Float64Array(rows * CLASSES);
  for (let i = 0; i < rows; i++) {
    const label = random.integer(CLASSES);
    const clarity = 0.3 + 0.7 * random.uniform();
    for (let k = 0; k < CLASSES; k++) {
      const mean = means[label * CLASSES + k];
      data[i * CLASSES + k] = clarity * mean + 1.2 * random.normal();
    }
  }
  return asPoints(matrix(data, CLASSES));
}
