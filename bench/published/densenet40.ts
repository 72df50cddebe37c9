/**
 * Question: do the published calibration numbers of a DenseNet-40 on CIFAR-10 follow
 * from its logits, and by which conventions?
 *
 *   deno run --allow-read --allow-env=INIT_CWD --allow-sys=cpus,loadavg \
 *     bench/published/densenet40.ts --logits test_logits.npy --labels test_labels.npy \
 *     --val-logits val_logits.npy --val-labels val_labels.npy
 *
 * The logits are those of the file probs_densenet40_c10_logits.p of
 * github.com/markus93/NN_calibration: 5,000 validation and 10,000 test rows. They are
 * not part of this project. The numbers are those of M. Kull et al., "Beyond
 * temperature scaling", NeurIPS 2019, in the tables of github.com/kaspar98/msc-knn-cal,
 * whose code has the settings of the two penalties.
 */
import {
  agrees,
  parsePublished,
} from "../../lib/calibration/explain/published_number.ts";
import { BadInput } from "../../lib/bad_input.ts";
import { loadScores } from "../../lib/cli/inputs/load_scores.ts";
import { scoreFlags } from "../../lib/cli/inputs/score_flags.ts";
import { textTable } from "../../lib/cli/terminal/text_table.ts";
import { table } from "../../lib/reports/tables/table.ts";
import { runProgram } from "../support/benchmark.ts";
import { PUBLISHED, type Published } from "./densenet40_numbers.ts";
import { type Calibrated, calibratedRows } from "./densenet40_rows.ts";

await runProgram({
  name: "published/densenet40",
  summary: "compare published numbers of a DenseNet-40 with ours",
  flags: scoreFlags,
  async run(values) {
    const { models: [model, other], labels } = await loadScores(values);
    const { logits, validation } = model;
    if (other !== undefined || validation === undefined) {
      throw new BadInput(
        "--logits must be of one model, with --val-logits and --val-labels",
      );
    }
    const rows = calibratedRows({ logits, labels }, validation);
    const records = PUBLISHED.map((number) => record(number, rows[number.by]));
    const reproduced = records.filter(({ agrees }) => agrees === "yes").length;
    return `${logits.rows} test rows, ${validation.labels.length} validation ` +
      `rows, ${logits.columns} classes, T = ${
        rows.temperature.temperature.toFixed(5)
      }\n` + textTable(table(records)) +
      `${reproduced} of ${records.length} agree within half a unit of the last ` +
      "digit\n";
  },
});

function record(
  { by, metric, text, convention, compute }: Published,
  rows: Calibrated,
) {
  const published = parsePublished(text);
  const value = compute(rows);
  return {
    rows: by,
    metric,
    published: text,
    ours: value.toFixed(Math.max(4, -Math.log10(2 * published.tolerance) + 2)),
    difference: (value - published.value).toExponential(1),
    agrees: agrees(value, published) ? "yes" : "no",
    convention,
  };
}
