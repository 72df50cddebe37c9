import type { LabelSuspect } from "../../calibration/label_suspects.ts";
import type { RecoveredLabels } from "../../runs/suspects.ts";
import { command } from "../command.ts";
import { path, required, whole, withDefault } from "../flags/flags.ts";

/** `ils suspects`: ranks the training labels that a cross-fitted teacher doubts. */
export const suspects = command({
  flags: {
    run: required(
      path("RUN", "folder or id of a run with cross-fitted teacher"),
    ),
    top: withDefault(20, whole(1, "number of labels to list")),
  },
  first: "run",
  examples: ["suspects RUN", "suspects RUN --top 100 --json"],
  notes:
    `Each label is judged by the networks of the teacher that were not trained on
it; train RUN with --teacher-folds. Listed are labels that are not the most probable
class, from the least probable on. The number of a sample is its position in the
data set's training images. If the run has label noise, the last line states how
many of the replaced labels are found among as many suspects.`,
  async run({ run: name, top }) {
    const { findRun } = await import("../../runs/open.ts");
    const { runSuspects } = await import("../../runs/suspects.ts");
    const { textTable } = await import("../terminal/text_table.ts");
    const { table } = await import("../../reports/tables/table.ts");
    const run = await findRun(name);
    const { id, classNames } = run.record;
    const { n, suspects, noise } = await runSuspects(run);
    const rows = suspects.slice(0, top).map((one) => named(one, classNames));
    const total = suspects.length;
    return {
      json: {
        run: id,
        labels: n,
        suspects: total,
        top: rows,
        noise: noise ?? null,
      },
      text: `${id}: ${total} of ${n} labels are not the most probable class\n` +
        (total === 0 ? "" : textTable(table(rows, { columns: COLUMNS }))) +
        noiseText(noise),
    };
  },
});

const COLUMNS = [
  "sample",
  "label",
  { key: "probability", digits: 4 },
  "suggested",
  { key: "suggestedProbability", title: "its probability", digits: 4 },
];

/** A suspect with the names of its classes. */
function named(
  { row, label, probability, suggested, suggestedProbability }: LabelSuspect,
  classNames: readonly string[],
) {
  return {
    sample: row,
    label: classNames[label],
    probability,
    suggested: classNames[suggested],
    suggestedProbability,
  };
}

function noiseText(noise: RecoveredLabels | undefined): string {
  if (noise === undefined) return "";
  const { replaced, found } = noise;
  const share = (100 * found / replaced).toFixed(1);
  return `label noise: ${found} of the ${replaced} replaced labels are among the ` +
    `first ${replaced} suspects (${share} %)\n`;
}
