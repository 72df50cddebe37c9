import { BadInput } from "../../bad_input.ts";
import type { Evaluation } from "../../calibration/evaluation.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { type Answer, command } from "../command.ts";
import { optional, whole, withDefault } from "../flags/flags.ts";
import { checkNotInput, outputFile } from "../flags/output_flags.ts";
import type { ScoredModel } from "../inputs/loaded_scores.ts";
import { INPUT_NOTES, scoreFlags } from "../inputs/score_flags.ts";
import { evaluationJson } from "../terminal/evaluation_json.ts";
import { metricLines } from "../terminal/metric_lines.ts";
import { remarkLines } from "../terminal/remark_lines.ts";

const flags = {
  ...scoreFlags,
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
  report: optional(
    outputFile("R.html", "also write an HTML page with diagrams", ".html"),
  ),
};

/** The evaluation of one model on one set of rows. */
interface Evaluated {
  /** Name of the rows; undefined for the test rows. */
  readonly rows: string | undefined;
  readonly evaluation: Evaluation;
}

/** `ils evaluate`: measures the calibration of runs or of scores in files. */
export const evaluate = command({
  flags,
  first: "run",
  examples: [
    "evaluate --logits L.npy --labels Y.npy",
    "evaluate --logits L.npy --labels Y.npy --val-logits VL.npy --val-labels VY.npy --ece-bins 15 --report R.html",
    "evaluate --logits P.csv --labels P.csv:label --probabilities",
    "evaluate --logits resnet=A.npz:logits,vit=B.npy --labels Y.npy --also shifted=C.npy,D.npy,Z.npy",
    "evaluate RUN --json",
  ],
  notes: INPUT_NOTES,
  async run(values) {
    const { eceBins: bins, report } = values;
    const { loadScores } = await import("../inputs/load_scores.ts");
    const { models, labels, remarks, files } = await loadScores(values);
    if (report !== undefined) {
      checkNotInput("--report", report, files);
      if (models.length > 1) {
        throw new BadInput("--report takes one model");
      }
    }
    const evaluated = await Promise.all(
      models.map((model) => evaluateModel(model, labels, bins)),
    );
    if (report !== undefined) {
      const [model] = models;
      const [[{ evaluation }]] = evaluated;
      await writeReport(report, { model, labels, evaluation, remarks });
    }
    return answer(models, evaluated, { remarks, report });
  },
});

/** Evaluates a model on the test rows, then on the others. */
async function evaluateModel(
  { logits, validation, also }: ScoredModel,
  labels: Int32Array,
  bins: number,
): Promise<Evaluated[]> {
  const { evaluateLogits } = await import("../../calibration/evaluate.ts");
  const sets = [{ name: undefined, logits, labels }, ...also];
  return sets.map(({ name, logits, labels }) => ({
    rows: name,
    evaluation: evaluateLogits(logits, labels, { bins, validation }),
  }));
}

function answer(
  models: readonly ScoredModel[],
  evaluated: readonly (readonly Evaluated[])[],
  { remarks, report }: {
    readonly remarks: readonly string[];
    readonly report: string | undefined;
  },
): Answer {
  const jsonOf = ([test, ...also]: readonly Evaluated[]) => ({
    ...evaluationJson(test.evaluation),
    ...also.length === 0 ? {} : {
      also: also.map(({ rows, evaluation }) => (
        { name: rows, ...evaluationJson(evaluation) }
      )),
    },
  });
  const named = models.map(({ name }, m) => (
    { name, ...jsonOf(evaluated[m]) }
  ));
  const parts = models.flatMap(({ name }, m) =>
    evaluated[m].map(({ rows, evaluation }) => {
      const title = [...models.length > 1 ? [name] : [], ...rows ? [rows] : []];
      const head = title.length === 0 ? "" : `${title.join(", ")}\n`;
      return head + metricLines(evaluation);
    })
  );
  return {
    json: {
      ...models.length === 1 ? jsonOf(evaluated[0]) : { models: named },
      remarks,
    },
    text: [
      parts.join("\n"),
      remarkLines(remarks),
      report === undefined ? "" : `report: ${report}\n`,
    ].join(""),
  };
}

async function writeReport(
  path: string,
  { model, labels, evaluation, remarks }: {
    readonly model: ScoredModel;
    readonly labels: Int32Array;
    readonly evaluation: Evaluation;
    readonly remarks: readonly string[];
  },
): Promise<void> {
  const { reliability } = await import("../../calibration/bins.ts");
  const { softmax } = await import("../../logits/softmax.ts");
  const { calibrationPage } = await import(
    "../../reports/pages/calibration_page.ts"
  );
  const { writeFileAtomic } = await import("../../files/write_file_atomic.ts");
  const { calibrateLogits } = await import("../../calibration/evaluate.ts");
  const { name, logits, validation } = model;
  const binsOf = (logits: Logits) =>
    reliability(softmax(logits), labels, evaluation.plain.bins);
  const calibrated = validation === undefined
    ? []
    : calibrateLogits(logits, validation);
  const page = await calibrationPage({
    name,
    evaluation,
    remarks,
    bins: binsOf(logits),
    calibratedBins: calibrated.map(({ logits }) => binsOf(logits)),
  });
  await writeFileAtomic(path, page);
}
