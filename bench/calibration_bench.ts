// How long does it take to measure and to scale a test set's predictions?
import { evaluate, evaluateLogits } from "../lib/calibration/evaluate.ts";
import { fitTemperature } from "../lib/calibration/temperature.ts";
import { stream } from "../lib/random.ts";
import { softmax } from "../lib/softmax.ts";

for (const [rows, columns] of [[10_000, 10], [50_000, 100]] as const) {
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
  const logits = { data, rows, columns };
  const probabilities = softmax(logits);
  const group = `${rows} x ${columns}`;
  const validation = { logits, labels };
  Deno.bench({
    name: `evaluate ${group}`,
    group,
    fn: () => void evaluate(probabilities, labels, 15),
  });
  Deno.bench({
    name: `fitTemperature ${group}`,
    group,
    fn: () => void fitTemperature(logits, labels),
  });
  Deno.bench({
    name: `evaluateLogits with validation ${group}`,
    group,
    fn: () => void evaluateLogits(logits, labels, { bins: 15, validation }),
  });
}
