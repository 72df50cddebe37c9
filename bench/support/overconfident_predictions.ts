import { softmax } from "../../lib/logits/softmax.ts";
import { matrix } from "../../lib/matrix.ts";
import { asLogits } from "../../lib/matrix_kinds.ts";
import { stream } from "../../lib/random.ts";

/** Overconfident predictions: labels follow the softmax of the logits divided by 1.5. */
export function overconfidentPredictions(
  rows: number,
  classes: number,
  seed: number,
) {
  const random = stream(seed, "bench");
  const data = Float32Array.from(
    { length: rows * classes },
    () => 3 * random.normal(),
  );
  const logits = asLogits(matrix(data, classes));
  const { data: honest } = softmax(logits, 1.5);
  const labels = Int32Array.from({ length: rows }, (_, i) => {
    let left = random.uniform();
    let label = 0;
    while (label < classes - 1 && left > honest[i * classes + label]) {
      left -= honest[i * classes + label++];
    }
    return label;
  });
  return { probabilities: softmax(logits), labels, logits };
}
