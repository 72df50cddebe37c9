import { BadInput } from "../../../bad_input.ts";
import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import {
  explainNumber,
  type NumberExplanation,
} from "../../../calibration/explain/explain_number.ts";
import type { Answer } from "../../command.ts";
import { flagName } from "../../flags/flag_name.ts";
import type { LoadedScores } from "../../inputs/loaded_scores.ts";
import { explainLines } from "../../terminal/explain_lines.ts";
import { remarkLines } from "../../terminal/remark_lines.ts";

/** What is to be explained. */
export interface ExplainValues {
  /** The published number. */
  readonly explain: string;
  readonly eceBins: number;
  readonly calibrator: readonly CalibratorName[] | undefined;
  readonly report: string | undefined;
  readonly resamples: number | undefined;
  readonly conformal: boolean;
  readonly allMetrics: boolean;
}

/** Flags that have no effect with `--explain`. */
const UNUSED = ["report", "resamples", "conformal", "allMetrics"] as const;

/** One set of rows, with what its number follows from. */
interface Explained {
  /** Name of the model and of further rows; empty for the only one. */
  readonly name: string;
  readonly explanation: NumberExplanation;
}

/**
 * The answer of `ils evaluate --explain`, for each model and set of rows.
 *
 * @throws {BadInput} for flags that have no effect with it
 */
export function explainAnswer(
  { models, labels, remarks }: LoadedScores,
  values: ExplainValues,
): Answer {
  const { explain, eceBins, calibrator } = values;
  const unused = UNUSED.find((key) =>
    values[key] !== undefined && values[key] !== false
  );
  if (unused !== undefined) {
    throw new BadInput(
      `--explain only looks for a number: leave out ${flagName(unused)}`,
    );
  }
  const explained = models.flatMap(({ name, logits, validation, also }) =>
    [{ name: undefined, logits, labels }, ...also].map((rows): Explained => ({
      name: [
        ...models.length > 1 ? [name] : [],
        ...rows.name === undefined ? [] : [rows.name],
      ].join(", "),
      explanation: explainNumber(rows, explain, {
        ...{ validation, calibrators: calibrator, bins: [eceBins] },
      }),
    }))
  );
  const [{ explanation }] = explained;
  return {
    json: explained.length === 1
      ? { ...explanationJson(explanation), remarks }
      : {
        explained: explained.map(({ name, explanation }) => (
          { name, ...explanationJson(explanation) }
        )),
        remarks,
      },
    text:
      explained.map(({ name, explanation }) =>
        (name === "" ? "" : `${name}\n`) + explainLines(explanation)
      ).join("\n") + remarkLines(remarks),
  };
}

function explanationJson(
  { likeliest, closest, ...explanation }: NumberExplanation,
) {
  return {
    ...explanation,
    likeliest: likeliest === undefined ? null : valueJson(likeliest),
    closest: closest.map(valueJson),
  };
}

function valueJson(
  { by, ...value }: NumberExplanation["closest"][number],
) {
  return { by: by ?? null, ...value };
}
