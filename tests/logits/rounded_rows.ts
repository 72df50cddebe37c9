/** Rows as networks in half precision save them. */
import { matrix } from "../../lib/matrix.ts";
import { asLogits } from "../../lib/matrix_kinds.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { stream } from "../../lib/random.ts";

/** The nearest number of bfloat16, ties to even. */
export function bfloat16(value: number): number {
  const number = Float32Array.of(value);
  const bits = new Uint32Array(number.buffer);
  bits[0] += 0x7fff + ((bits[0] >>> 16) & 1);
  bits[0] &= 0xffff0000;
  return number[0];
}

/** The nearest number of float16. */
export function float16(value: number): number {
  return Float16Array.of(value)[0];
}

/** Probabilities of 200 rows, each divided by a rounded sum and rounded again. */
export function roundedProbabilities(
  classes: number,
  round: (value: number) => number,
) {
  const { data, rows, columns } = exactProbabilities(classes);
  const rounded = new Float32Array(data.length);
  for (let i = 0; i < rows; i++) {
    const own = data.subarray(i * columns, (i + 1) * columns);
    const largest = Math.max(...own);
    const divisor = round(1 / largest);
    own.forEach((p, k) =>
      rounded[i * columns + k] = round(p / largest / divisor)
    );
  }
  return { data: rounded, rows, columns };
}

/** Logarithms of the same probabilities, rounded. */
export function roundedLogarithms(
  classes: number,
  round: (value: number) => number,
) {
  const { data, rows, columns } = exactProbabilities(classes);
  const logarithms = Float32Array.from(data, (p) => round(Math.log(p)));
  return { data: logarithms, rows, columns };
}

/** From nearly certain to nearly equal. */
function exactProbabilities(classes: number) {
  const random = stream(1, "rounded rows");
  const logits = Float64Array.from(
    { length: 200 * classes },
    (_, at) => 6 * random.normal() * (Math.floor(at / classes) / 200) ** 2,
  );
  return softmax(asLogits(matrix(logits, classes)));
}
