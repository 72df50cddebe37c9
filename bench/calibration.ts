/**
 * Question: how long do evaluation and temperature scaling of the predictions for a
 * test set take? Prints the median of seven calls in milliseconds.
 */
// deno-lint-ignore-file no-console
import { evaluate, evaluateLogits } from "../lib/calibration/evaluate.ts";
import { fitTemperature } from "../lib/calibration/calibrators/temperature.ts";
import { stream } from "../lib/random.ts";
import { softmax } from "../lib/logits/softmax.ts";
import { asLogits } from "../lib/matrix_kinds.ts";

const CALLS = 7;
const SIZES = [[10_000, 10], [50_000, 100]] as const;

for (const [rows, columns] of SIZES) {
  const { logits, labels } = predictions(rows, columns);
  const probabilities = softmax(logits);
  const validation = { logits, labels };
  const work: Record<string, () => unknown> = {
    evaluate: () => evaluate(probabilities, labels, 15),
    fitTemperature: () => fitTemperature(logits, labels),
    "evaluateLogits with validation": () =>
      evaluateLogits(logits, labels, { bins: 15, validation }),
  };
  for (const [name, call] of Object.entries(work)) {
    const ms = medianMs(call).toFixed(1);
    console.log(`${rows} x ${columns}  ${name.padEnd(31)} ${ms} ms`);
  }
}

function predictions(rows: number, columns: number) {
  const random = stream(1, "bench");
  const labels = Int32Array.from(
    { length: rows },
    () => random.integer(columns),
  );
  const data = Float32Array.from(
    { length: rows * columns },
    () => 2 * random.normal(),
  );
  labels.forEach((label, i) => data[i * columns + label] += 3);
  return { logits: asLogits({ data, rows, columns }), labels };
}

function medianMs(call: () => unknown): number {
  const times = Array.from({ length: CALLS }, () => {
    const started = performance.now();
    call();
    return performance.now() - started;
  });
  return times.toSorted((a, b) => a - b)[(CALLS - 1) / 2];
}
