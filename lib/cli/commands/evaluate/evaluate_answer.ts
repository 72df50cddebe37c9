import type { CalibratedSets } from "../../../calibration/conformal/evaluate_conformal.ts";
import type { ExtendedEvaluation } from "../../../calibration/extended_evaluation.ts";
import type { Answer } from "../../command.ts";
import type { ScoredModel } from "../../inputs/loaded_scores.ts";
import { conformalJson } from "../../terminal/conformal_json.ts";
import { conformalLines } from "../../terminal/conformal_lines.ts";
import { extendedJson } from "../../terminal/evaluation_json.ts";
import { extendedLines } from "../../terminal/extended_lines.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import type { MeasuredRows } from "./measure_models.ts";

/** What the answer also contains. */
export interface AnswerOptions {
  /** Conformal sets by rows and model, if they are asked for. */
  readonly sets: readonly (readonly CalibratedSets[][])[] | undefined;
  /** Whether all metrics are printed. */
  readonly all: boolean;
  readonly resamples: number;
  /** Whether there are no intervals because of the number of scores. */
  readonly tooLarge: boolean;
  readonly seed: number;
  readonly remarks: readonly string[];
  /** Path of a written report. */
  readonly report: string | undefined;
}

/** One model on one set of rows. */
interface Evaluated {
  /** Name of the rows; undefined for the test rows. */
  readonly rows: string | undefined;
  readonly evaluation: ExtendedEvaluation;
  readonly sets: readonly CalibratedSets[] | undefined;
}

/**
 * The answer of `ils evaluate`.
 *
 * @param measured the test rows, then others
 */
export function evaluateAnswer(
  models: readonly ScoredModel[],
  measured: readonly MeasuredRows[],
  options: AnswerOptions,
): Answer {
  const { resamples, seed, remarks, report, sets } = options;
  const evaluated = models.map((_, m) =>
    measured.map(({ name, comparison }, s): Evaluated => ({
      rows: name,
      evaluation: comparison.models[m],
      sets: sets?.[s][m],
    }))
  );
  const named = models.map(({ name }, m) => (
    { name, ...modelJson(evaluated[m]) }
  ));
  const intervals = resamples > 0;
  const seeded = intervals || sets !== undefined;
  return {
    json: {
      ...models.length === 1 ? modelJson(evaluated[0]) : { models: named },
      ...intervals ? { resamples } : {},
      ...seeded ? { seed } : {},
      remarks,
    },
    text: [
      textOf(models, evaluated, options),
      remarkLines(remarks),
      report === undefined ? "" : `report: ${report}\n`,
    ].join(""),
  };
}

function modelJson([test, ...also]: readonly Evaluated[]) {
  return {
    ...rowsJson(test),
    ...also.length === 0 ? {} : {
      also: also.map((rows) => ({ name: rows.rows, ...rowsJson(rows) })),
    },
  };
}

function rowsJson({ evaluation, sets }: Evaluated) {
  return {
    ...extendedJson(evaluation),
    ...sets === undefined ? {} : { conformal: conformalJson(sets) },
  };
}

function textOf(
  models: readonly ScoredModel[],
  evaluated: readonly (readonly Evaluated[])[],
  { all, resamples, tooLarge }: AnswerOptions,
): string {
  const parts = models.flatMap(({ name }, m) =>
    evaluated[m].map(({ rows, evaluation, sets }) => {
      const title = [...models.length > 1 ? [name] : [], ...rows ? [rows] : []];
      const head = title.length === 0 ? "" : `${title.join(", ")}\n`;
      const metrics = extendedLines(evaluation, { all, resamples, tooLarge });
      return head + metrics +
        (sets === undefined ? "" : `\n${conformalLines(sets, evaluation)}`);
    })
  );
  return parts.join("\n");
}
