import { BadInput } from "../../../bad_input.ts";
import { METRIC_COLUMNS } from "../../../calibration/metrics.ts";
import { type Answer, command } from "../../command.ts";
import { flagName } from "../../flags/flag_name.ts";
import {
  choice,
  type FlagKind,
  number,
  optional,
  path,
  text,
  toggle,
  type Values,
  whole,
} from "../../flags/flags.ts";
import {
  checkDistinct,
  checkNotInput,
  outputFile,
} from "../../flags/output_flags.ts";
import { calibratorKind } from "../../flags/calibrator_flags.ts";
import { paths } from "../../flags/path_lists.ts";
import { type TableContent, tableContent } from "./table_content.ts";
import { tableFiles, writeTables } from "./table_files.ts";
import { damageWarning } from "../../terminal/warnings.ts";
import { textTable } from "../../terminal/text_table.ts";

const SCORE_NAMES = [
  ...METRIC_COLUMNS,
  "studentAccuracy",
  "studentLogLoss",
] as const;

type ScoreName = typeof SCORE_NAMES[number];

const scoresKind: FlagKind<readonly ScoreName[]> = {
  placeholder: "S,S",
  help: "scores to show: those of --ranks, and studentAccuracy and " +
    "studentLogLoss",
  parse: (text, flag) =>
    text.split(",").map((part) =>
      choice(SCORE_NAMES, { placeholder: "S", help: "" }).parse(part, flag)
    ),
};

const flags = {
  run: optional(paths("RUN,RUN", "only these runs, by folder or id")),
  dataset: optional(text("D", "only runs on this data set")),
  model: optional(text("NAME", "only runs of this architecture")),
  reference: optional(
    text("M", "also show differences from this method, paired by seed"),
  ),
  ranks: optional(
    choice(["published", ...METRIC_COLUMNS], {
      placeholder: "S",
      help:
        "show the methods' mean ranks over data sets: the published ones, " +
        "or those by a score",
    }),
  ),
  alpha: optional(
    number(
      { low: 0.0001, high: 0.5 },
      "with --ranks: significance level of the critical difference " +
        "(default: 0.05)",
    ),
  ),
  figure: optional(
    outputFile(
      "F.svg",
      "with --ranks: draw the critical-difference diagram",
      ".svg",
    ),
  ),
  score: optional(scoresKind),
  anySettings: toggle(
    "compare runs with any settings with the published rows, not only those " +
      "with the study's",
  ),
  eceBins: optional(
    whole(1, "number of bins of calibration errors (default: 10)"),
  ),
  calibrator: optional(
    calibratorKind(
      "calibrator of a table of your own runs (default: temperature)",
    ),
  ),
  runs: optional(path("DIR", "folder of the runs (default: results/runs)")),
  out: optional(tableFiles("F,F", "also write the table to these files")),
};

type TableValues = Values<typeof flags>;

/** `ils table`: compares runs with published results or with each other. */
export const table = command({
  flags,
  examples: [
    "table",
    "table --any-settings --score accuracy,logLoss --out T.md,T.csv",
    "table --dataset fashionmnist --model mlp --reference ce",
    "table --run RUN,RUN,RUN --score ece,classwiseEce --ece-bins 15",
    "table --dataset fashionmnist --calibrator dirichlet",
    "table --ranks published --figure F.svg",
    "table --ranks logLoss --alpha 0.1 --out R.html",
  ],
  notes:
    `Without --run, --dataset, --model or --ranks, the table compares the study's
24 rows on real data with the runs of the same data set, network and method. These
runs must have the study's settings, unless --any-settings is given; the table
then lists the differences. A table of your own runs has two rows per method,
uncalibrated and calibrated: mean ± standard deviation over seeds.`,
  async run(values, context) {
    checkFlags(values);
    const { out = [], figure } = values;
    const content = await tableContent(
      values,
      damageWarning(context),
      (run, reason) => context.log(`${run}: caution, ${reason}\n`),
    );
    for (const file of out) {
      checkNotInput("--out", file, content.files ?? []);
      checkDistinct({ "--out": file, "--figure": figure });
    }
    if (figure) checkNotInput("--figure", figure, content.files ?? []);
    await writeTables(out, content);
    if (figure) {
      const { writeFileAtomic } = await import(
        "../../../files/write_file_atomic.ts"
      );
      await writeFileAtomic(figure, content.figure!.svg);
    }
    return answer(content);
  },
});

function answer({ lines, tables, records }: TableContent): Answer {
  return {
    json: records.records,
    text: [
      ...lines.map((line) => `${line}\n`),
      ...tables.map(textTable),
    ].join("\n"),
  };
}

/** Flags without effect, by kind of table. */
const UNUSED: Readonly<
  Record<string, readonly Exclude<keyof TableValues, "out">[]>
> = {
  "--ranks published": [
    "run",
    "dataset",
    "model",
    "runs",
    "reference",
    "score",
    "anySettings",
    "eceBins",
    "calibrator",
  ],
  "--ranks": ["reference", "score", "anySettings", "calibrator"],
  "a table of your own runs": ["alpha", "figure", "anySettings"],
  "the comparison with published rows": [
    "reference",
    "alpha",
    "figure",
    "eceBins",
    "calibrator",
  ],
};

function checkFlags(values: TableValues): void {
  const { ranks, run, dataset, model } = values;
  const kind = ranks === "published"
    ? "--ranks published"
    : ranks !== undefined
    ? "--ranks"
    : (run ?? dataset ?? model) !== undefined
    ? "a table of your own runs"
    : "the comparison with published rows";
  const unused = UNUSED[kind].find((key) =>
    values[key] !== undefined && values[key] !== false
  );
  if (unused === undefined) return;
  throw new BadInput(`${flagName(unused)} does not apply to ${kind}`);
}
