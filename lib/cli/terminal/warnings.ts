import { likelyKind } from "../../logits/likely_kind.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { readRunLabels, type StoredRun } from "../../runs/store.ts";
import type { Context } from "../command.ts";

/**
 * Warns, in one line, about logits most of which look like something else, such as
 * probabilities.
 *
 * @param source name of the file
 */
export function warnIfProbabilities(
  logits: Logits,
  source: string,
  { log }: Pick<Context, "log">,
): void {
  const { data, rows, columns } = logits;
  const found = likelyKind({ data, rows, columns });
  if (found === undefined) return;
  log(
    `${source}: ${found.rows} of ${rows} rows look like ${
      WHAT[found.kind]
    }; if ` +
      "they are, use the logarithms of probabilities as logits\n",
  );
}

const WHAT = {
  probabilities: "probabilities",
  percentages: "percentages",
  votes: "counts of votes",
  sigmoid: "outputs of a sigmoid",
} as const;

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
