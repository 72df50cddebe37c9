import { smoothError } from "../../../lib/calibration/smooth/smooth_ece.ts";
import { weightedSmoothError } from "../../../lib/calibration/smooth/weighted_smooth_error.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";

/** Predictions whose log-odds are `sharpness` times the true ones. */
function draw(n: number, sharpness: number) {
  const random = stream(n, "smooth");
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const odds = Float64Array.from(
    { length: n },
    () => Math.abs(2 * random.normal()),
  );
  return {
    confidence: odds.map((z) => sigmoid(sharpness * z)),
    correct: Uint8Array.from(
      odds,
      (z) => random.uniform() < sigmoid(z) ? 1 : 0,
    ),
  };
}

Deno.test("weightedSmoothError() is within 0.5 % of the error of repeated rows", () => {
  const random = stream(1, "weights");
  for (
    const [n, sharpness] of [[20, 2], [300, 2], [300, 0.5], [3000, 1], [
      3000,
      6,
    ]]
  ) {
    const { confidence, correct } = draw(n, sharpness);
    const measure = weightedSmoothError(confidence, correct);
    for (let b = 0; b < 3; b++) {
      const rows = Int32Array.from({ length: n }, () => random.integer(n));
      const weights = new Int32Array(n);
      rows.forEach((row) => weights[row]++);
      const { error } = smoothError(
        Float64Array.from(rows, (row) => confidence[row]),
        Uint8Array.from(rows, (row) => correct[row]),
      );
      const what = `${n} rows, sharpness ${sharpness}`;
      assertClose(measure(weights) / error, 1, 0.005, what);
    }
  }
});
