import type { Answer } from "../../command.ts";
import type { ScoredModel } from "../../inputs/loaded_scores.ts";
import { conformalJson } from "../../terminal/conformal_json.ts";
import { conformalLines } from "../../terminal/conformal_lines.ts";
import { extendedJson } from "../../terminal/evaluation_json.ts";
import { extendedLines } from "../../terminal/extended_lines.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";
import type { Evaluated } from "./evaluate_models.ts";

/** What the answer also contains. */
export interface AnswerOptions {
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

/**
 * The answer of `ils evaluate`.
 *
 * @param evaluated of each model, on the test rows and then on others
 */
export function evaluateAnswer(
  models: readonly ScoredModel[],
  evaluated: readonly (readonly Evaluated[])[],
  options: AnswerOptions,
): Answer {
  const { resamples, seed, remarks, report } = options;
  const named = models.map(({ name }, m) => (
    { name, ...modelJson(evaluated[m]) }
  ));
  const intervals = resamples > 0;
  const seeded = intervals || evaluated[0][0].sets !== undefined;
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
