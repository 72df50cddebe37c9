import { BadInput } from "../../bad_input.ts";
import { ARRAY_ENDINGS, parseArrayPath } from "../../files/array_path.ts";
import { flagName } from "../flags/flag_name.ts";
import type { LoadedScores, LoadScoresOptions } from "./loaded_scores.ts";
import type { ScoreValues } from "./score_flags.ts";

/**
 * Reads the scores and labels that the flags `scoreFlags` name, from files or from runs.
 * This is the one place where a command reads them.
 *
 * All scores become logits: probabilities and shares of votes their logarithms, where a
 * probability of 0 is -Infinity; so softmax, temperatures and all calibrators apply.
 * Checks every file for rows that are no logits, labels that do not fit, and labels at
 * -Infinity. What does not stop the work is told in `remarks`: rows that were divided by
 * their sums, one-hot labels, columns left out, accuracy at chance, validation rows
 * among the test rows, missing classes, constant labels. Show them in every output.
 *
 * @example
 * ```ts ignore
 * export const evaluate = command({
 *   flags: { ...scoreFlags },
 *   async run(values) {
 *     const { loadScores } = await import("../inputs/load_scores.ts");
 *     const { models: [{ logits, validation }], labels, remarks } =
 *       await loadScores(values);
 *     // …
 *   },
 * });
 * ```
 *
 * @throws {BadInput} if flags do not go together, or a file is unusable
 */
export async function loadScores(
  values: ScoreValues,
  options: LoadScoresOptions = {},
): Promise<LoadedScores> {
  const { run } = values;
  if (run === undefined) {
    const { loadScoreFiles } = await import("./score_files.ts");
    return await loadScoreFiles(values, options);
  }
  run.forEach(checkNoFile);
  const unused = OF_FILES.find((key) =>
    values[key] !== undefined && values[key] !== false
  );
  if (unused !== undefined) {
    throw new BadInput(
      `--run ${run.join(",")} has its own logits and labels: leave out ` +
        flagName(unused),
    );
  }
  const { loadRunScores } = await import("./run_scores.ts");
  return await loadRunScores(run);
}

/** Flags that describe files. */
const OF_FILES = [
  ...["logits", "labels", "valLogits", "valLabels", "also"] as const,
  ...["probabilities", "logProbabilities", "votes", "asLogits"] as const,
  ...["binary", "floor", "classes", "ignoreLabel"] as const,
];

/** Refuses a file of scores in place of a run. */
function checkNoFile(name: string): void {
  const { file } = parseArrayPath(name);
  if (!ARRAY_ENDINGS.some((ending) => file.endsWith(`.${ending}`))) return;
  throw new BadInput(
    `--run must be a run, but ${name} is a file: give it with --logits and ` +
      "--labels",
  );
}
