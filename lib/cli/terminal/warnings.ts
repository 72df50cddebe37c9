import { row } from "../../matrix.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { readRunLabels, type StoredRun } from "../../runs/store.ts";
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
export function warnIfProbabilities(
  logits: Logits,
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

/**
 * Returns a function that prints why a stored run is skipped, in one line; the
 * same reason once.
 */
export function damageWarning(
  { say }: Pick<Context, "say">,
): (reason: string) => void {
  const told = new Set<string>();
  return (reason) => {
    if (told.has(reason)) return;
    told.add(reason);
    say(`${reason.replaceAll(/\s+/g, " ")}; skipped\n`);
  };
}

/**
 * Says in one line that a network has learned nothing: its validation accuracy
 * is no better than the share of the largest class there, which always naming
 * that class would reach.
 *
 * @param run finished
 */
export async function warnIfChanceLevel(
  run: StoredRun,
  { say }: Context,
): Promise<void> {
  const { id, validation: { plain: { accuracy } } } = run.record;
  const chance = largestShare(await readRunLabels(run, "val"));
  // Both are a count over the same rows: equal means equal.
  if (accuracy > chance) return;
  const perCent = (share: number) => `${(100 * share).toFixed(2)} %`;
  say(
    `${id}: validation accuracy ${perCent(accuracy)} is no better than ` +
      `guessing (${perCent(chance)}); ` +
      `a smaller --lr or more --epochs may help\n`,
  );
}

/** The part of the labels that the most frequent one makes up. */
function largestShare(labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}
