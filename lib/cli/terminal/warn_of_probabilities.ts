import { type Matrix, row } from "../../matrix.ts";
import type { Context } from "../command.ts";

/** How far the sum of a row of probabilities may be from 1, as float16 has it. */
const TOLERANCE = 2e-3;

/**
 * Says in one line that what was given for logits looks like probabilities,
 * one-hot labels among them: no number is below 0, and every row sums to 1.
 * Taken for logits they say next to nothing.
 *
 * @param source the file
 */
export function warnOfProbabilities(
  logits: Matrix,
  source: string,
  { say }: Pick<Context, "say">,
): void {
  for (let i = 0; i < logits.rows; i++) {
    const values = Array.from(row(logits, i));
    const sum = values.reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) > TOLERANCE) return;
    if (values.some((value) => value < 0)) return;
  }
  say(
    `${source}: every row sums to 1, as probabilities do; if it holds these, ` +
      "give their logarithms, which are logits\n",
  );
}
