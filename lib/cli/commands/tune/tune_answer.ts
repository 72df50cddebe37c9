import { evaluateRun } from "../../../runs/evaluate.ts";
import {
  choose,
  type ChosenPoint,
  type PointResult,
  pointResults,
} from "../../../tune/choose.ts";
import {
  type ChosenScores,
  chosenScores,
} from "../../../tune/chosen_scores.ts";
import type { TunePlan } from "../../../tune/plan.ts";
import { tuneRecords } from "../../../tune/records.ts";
import type { RunOutcome } from "../../../tune/train_plan.ts";
import { findRun } from "../../../runs/open.ts";
import { tuneFigure } from "../../../reports/figures/tune_figure.ts";
import { tuneTable } from "../../../reports/tables/tune_table.ts";
import type { Answer, Context } from "../../command.ts";
import { warnIfChanceLevel } from "../../terminal/warnings.ts";

/** A chosen point in `chosen.json` and in the output. */
interface Chosen extends ChosenScores {
  readonly method: string;
  readonly numbers: ChosenPoint["numbers"];
  readonly seeds: readonly number[];
  readonly runs: readonly string[];
  /** Number of points tried. */
  readonly points: number;
  readonly atEdge: readonly string[];
  readonly validation: Pick<
    ChosenPoint,
    "logLoss" | "logLossStdev" | "accuracy" | "accuracyStdev"
  >;
}

/**
 * Returns the output of `ils tune` and the content of its files. The test set is
 * read only for the networks of the chosen points; those that have learned
 * nothing give a warning.
 *
 * @param options `bins` for calibration errors; `folder` of the files
 */
export async function tuneAnswer(
  plan: TunePlan,
  outcomes: ReadonlyMap<string, RunOutcome>,
  options: {
    readonly bins: number;
    readonly folder: string;
    readonly context: Context;
  },
): Promise<{ answer: Answer; files: Record<string, string> }> {
  const results = pointResults(plan.points, outcomes);
  const points = choose(results);
  const chosen: Chosen[] = [];
  for (const point of points) chosen.push(await described(point, options));
  const runs = tuneRecords(plan, outcomes);
  const methods = new Set(results.map(({ method }) => method));
  const lines = [...methods].flatMap((method) => {
    const found = chosen.find((point) => point.method === method);
    if (found) return chosenLines(found);
    return [`${method}: nothing chosen, as every combination has a failed run`];
  });
  const answer: Answer = {
    json: { folder: options.folder, chosen, runs },
    text: [...lines, options.folder].map((line) => `${line}\n`).join(""),
    failure: failureOf(outcomes),
  };
  return { answer, files: filesOf(results, points, { chosen, runs }) };
}

async function described(
  point: ChosenPoint,
  { bins, context }: { readonly bins: number; readonly context: Context },
): Promise<Chosen> {
  const metrics = [];
  for (const { id } of point.runs) {
    const run = await findRun(id);
    await warnIfChanceLevel(run, context);
    metrics.push(await evaluateRun(run, bins));
  }
  const { method, numbers, runs, tried, atEdge } = point;
  const { logLoss, logLossStdev, accuracy, accuracyStdev } = point;
  return {
    method,
    numbers,
    seeds: runs.map(({ seed }) => seed),
    runs: runs.map(({ id }) => id),
    points: tried,
    atEdge,
    validation: { logLoss, logLossStdev, accuracy, accuracyStdev },
    ...chosenScores(metrics),
  };
}

function filesOf(
  results: readonly PointResult[],
  points: readonly ChosenPoint[],
  { chosen, runs }: { chosen: readonly Chosen[]; runs: readonly unknown[] },
): Record<string, string> {
  const json = (value: unknown) => JSON.stringify(value, null, 2) + "\n";
  const all = tuneTable(results, points);
  const figures = [...Map.groupBy(results, ({ method }) => method)]
    .flatMap(([method, tried]) => {
      const best = points.find((point) => point.method === method);
      const figure = tuneFigure(tried, best);
      return figure ? [[`${method}.svg`, figure.svg] as const] : [];
    });
  return {
    "tune.json": json(runs),
    "chosen.json": json(chosen),
    "table.md": all.markdown(),
    "table.csv": all.csv(),
    ...Object.fromEntries(figures),
  };
}

function chosenLines(chosen: Chosen): string[] {
  const { method, numbers, points, seeds, atEdge, test, scaled } = chosen;
  const { validation: { logLoss, logLossStdev } } = chosen;
  const settings = Object.entries(numbers).map(([name, value]) =>
    ` ${name} ${value}`
  );
  const edge = atEdge.length > 0
    ? [`  at the edge of the grid: ${atEdge.join(", ")}`]
    : [];
  return [
    `${method}${settings.join("")}: best of ${points}, validation log loss ` +
    `${withSpread(logLoss, logLossStdev)} ` +
    `(${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"})`,
    ...edge,
    `  test set, uncalibrated: ${scoresText(test)}`,
    `  test set, T = ${scaled.temperature!.toFixed(2)}: ${scoresText(scaled)}`,
  ];
}

function scoresText(scores: ChosenScores["test"]): string {
  const accuracy = withSpread(
    100 * scores.accuracy!,
    scores.accuracyStdev && 100 * scores.accuracyStdev,
    2,
  );
  return `accuracy ${accuracy} %  log loss ` +
    `${withSpread(scores.logLoss!, scores.logLossStdev)}  ECE ` +
    withSpread(scores.ece!, scores.eceStdev);
}

function withSpread(
  value: number,
  spread: number | null,
  digits = 4,
): string {
  const suffix = spread === null ? "" : ` ± ${spread.toFixed(digits)}`;
  return value.toFixed(digits) + suffix;
}

function failureOf(
  outcomes: ReadonlyMap<string, RunOutcome>,
): string | undefined {
  const failed = [...outcomes].flatMap(([id, outcome]) =>
    outcome.state === "failed" ? [{ id, reason: outcome.reason }] : []
  );
  if (failed.length === 0) return undefined;
  const [{ id, reason }] = failed;
  return `Failed: ${failed.length} of ${outcomes.size} runs; first failure ` +
    `${id}: ${reason}`;
}
