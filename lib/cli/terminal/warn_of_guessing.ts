import { readRunLabels, type StoredRun } from "../../runs/store.ts";
import type { Context } from "../command.ts";

/**
 * Says in one line that a network has learned nothing: its validation accuracy
 * is no better than the share of the largest class there, which always naming
 * that class would reach.
 *
 * @param run finished
 */
export async function warnOfGuessing(
  run: StoredRun,
  { say }: Context,
): Promise<void> {
  const { id, validation: { accuracy } } = run.record;
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
