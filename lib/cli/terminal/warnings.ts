import { readRunLabels, type StoredRun } from "../../runs/store.ts";
import type { Context } from "../command.ts";

/**
 * Returns a function that prints why a stored run is skipped: one line, once
 * for each reason.
 */
export function damageWarning(
  { log }: Pick<Context, "log">,
): (reason: string) => void {
  const printed = new Set<string>();
  return (reason) => {
    if (printed.has(reason)) return;
    printed.add(reason);
    log(`${reason.replaceAll(/\s+/g, " ")}; skipped\n`);
  };
}

/**
 * Warns, in one line, about a network that has learned nothing: its validation
 * accuracy is at most the share of the most frequent class, which a constant
 * prediction reaches.
 *
 * @param run a finished run
 */
export async function warnIfChanceLevel(
  run: StoredRun,
  { log }: Context,
): Promise<void> {
  const { id, validation: { plain: { accuracy } } } = run.record;
  const chance = largestShare(await readRunLabels(run, "val"));
  // Both are counts over the same rows, so the comparison is exact.
  if (accuracy > chance) return;
  const perCent = (share: number) => `${(100 * share).toFixed(2)} %`;
  log(
    `${id}: validation accuracy ${perCent(accuracy)} is no better than ` +
      `guessing (${perCent(chance)}); ` +
      `a smaller --lr or more --epochs may help\n`,
  );
}

/** Returns the share of the most frequent label, in (0, 1]. */
function largestShare(labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}
