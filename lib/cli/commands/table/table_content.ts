import { BadInput } from "../../../bad_input.ts";
import { COMPARED_SCORES } from "../../../study/comparison.ts";
import type { OnProblem } from "../../../study/method_rows.ts";
import type { Ranking } from "../../../study/rank_runs.ts";
import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import {
  METRIC_COLUMNS,
  type MetricName,
} from "../../../calibration/metrics.ts";
import type { StoredRun } from "../../../runs/store.ts";
import type { Figure } from "../../../plots/parts/render.ts";
import type { Table } from "../../../reports/tables/table.ts";
import type { TablesContent } from "../../../reports/pages/tables_page.ts";
import { choice } from "../../flags/flags.ts";

/** The content of a table, as requested by the flags of `ils table`. */
export interface TableRequest {
  readonly run?: readonly string[] | undefined;
  readonly dataset?: string | undefined;
  readonly model?: string | undefined;
  readonly reference?: string | undefined;
  readonly ranks?: MetricName | "published" | undefined;
  readonly alpha?: number | undefined;
  readonly score?: readonly string[] | undefined;
  readonly anySettings?: boolean | undefined;
  readonly eceBins?: number | undefined;
  readonly calibrator?: CalibratorName | undefined;
  /** Folder that contains the runs. */
  readonly runs?: string | undefined;
}

/** Tables to read, and the flat records behind them. */
export interface TableContent extends TablesContent {
  readonly records: Table;
  readonly figure?: Figure;
  /** Files of the runs, which must not be overwritten. */
  readonly files?: readonly string[];
}

/** Number of scores in a table of the user's own runs without `score`. */
const DEFAULT_SCORES = 6;

/**
 * Returns the requested tables.
 *
 * @param onDamaged called with the reason, in one line, for each listed run
 * that is skipped because its record is damaged
 * @param onProblem called for each run whose calibrator should not be trusted
 * @throws {BadInput} if a run does not exist, or the table lacks a score
 */
export async function tableContent(
  values: TableRequest,
  onDamaged: (reason: string) => void,
  onProblem?: OnProblem,
): Promise<TableContent> {
  const { ranks, alpha = 0.05, eceBins: bins = 10 } = values;
  if (ranks === "published") {
    const { publishedRankings } = await import(
      "../../../study/rank_runs.ts"
    );
    return await ranksContent(publishedRankings(alpha));
  }
  const runs = await chosenRuns(values, onDamaged);
  const files = await runFilesOf(runs);
  if (ranks !== undefined) {
    const { rankRuns } = await import("../../../study/rank_runs.ts");
    const ranking = await rankRuns(runs, { score: ranks, alpha, bins });
    return { ...await ranksContent([ranking]), files };
  }
  const { run, dataset, model } = values;
  return (run ?? dataset ?? model) === undefined
    ? { ...await publishedContent(runs, values), files }
    : { ...await ownContent(runs, values, onProblem), files };
}

async function ranksContent(
  rankings: readonly Ranking[],
): Promise<TableContent> {
  const { rankingFigure, rankingSentence, rankingTable } = await import(
    "../../../reports/tables/ranking_table.ts"
  );
  const records = rankingTable(rankings);
  return {
    title: "Mean ranks over data sets",
    lines: rankings.map(rankingSentence),
    tables: [records],
    records,
    figure: rankingFigure(rankings),
  };
}

async function publishedContent(
  runs: readonly StoredRun[],
  { score, anySettings = false }: TableRequest,
): Promise<TableContent> {
  const { compareRuns } = await import("../../../study/compare_runs.ts");
  const { measuredSentence, measuredRecords, measuredTable } = await import(
    "../../../reports/tables/comparison_tables.ts"
  );
  const scores = (score ?? COMPARED_SCORES).map((name) =>
    choice(COMPARED_SCORES, { placeholder: "S", help: "" })
      .parse(name, "--score in the comparison with published rows")
  );
  const cells = await compareRuns(runs, scores, { anySettings });
  return {
    title: "Measured and published results",
    lines: [measuredSentence(cells)],
    tables: scores.map((name) => measuredTable(cells, name)),
    records: measuredRecords(cells),
  };
}

async function ownContent(
  runs: readonly StoredRun[],
  { score, reference, eceBins: bins = 10, calibrator }: TableRequest,
  onProblem: OnProblem | undefined,
): Promise<TableContent> {
  const { methodRows } = await import("../../../study/method_rows.ts");
  const { methodTables } = await import(
    "../../../reports/tables/method_table.ts"
  );
  const { table } = await import("../../../reports/tables/table.ts");
  const names = score ?? METRIC_COLUMNS.slice(0, DEFAULT_SCORES);
  const scores = names.map((name) =>
    choice(METRIC_COLUMNS, { placeholder: "S", help: "" })
      .parse(name, "--score in a table of your own runs")
  );
  const rows = await methodRows(runs, {
    bins,
    reference,
    calibrator,
    onProblem,
  });
  return {
    title: "Methods over their seeds",
    lines: [],
    tables: methodTables(rows, scores),
    records: table(rows),
  };
}

/** Returns the named runs, or all runs that match the data set and model. */
async function chosenRuns(
  { run: names, dataset, model, runs: root }: TableRequest,
  onDamaged: (reason: string) => void,
): Promise<StoredRun[]> {
  const { listRuns } = await import(
    "../../../runs/list.ts"
  );
  const { findRun } = await import("../../../runs/open.ts");
  const { runsFolder } = await import("../../../runs/store.ts");
  if (names !== undefined) {
    if (dataset !== undefined || model !== undefined) {
      throw new BadInput(
        "--run already selects runs: leave out --dataset and --model",
      );
    }
    const found = await Promise.all(names.map((name) => findRun(name, root)));
    // A run that is named twice counts once.
    return [...new Map(found.map((run) => [run.record.id, run])).values()];
  }
  const all = await listRuns(root, onDamaged);
  const fit = all.filter(({ record: { spec } }) =>
    (dataset === undefined || spec.data.dataset === dataset) &&
    (model === undefined || spec.model === model) &&
    spec.data.holdOut === undefined
  );
  if (fit.length > 0 || (dataset ?? model) === undefined) return fit;
  const kinds = new Set(
    all.map(({ record: { spec } }) => `${spec.data.dataset} ${spec.model}`),
  );
  throw new BadInput(
    `Cannot find a finished run of ${
      [dataset, model].filter((name) => name !== undefined).join(" ")
    } in ${root ?? runsFolder()}: it contains ${
      kinds.size > 0 ? `runs of ${[...kinds].join(", ")}` : "no finished runs"
    }`,
  );
}

async function runFilesOf(runs: readonly StoredRun[]): Promise<string[]> {
  const { runFiles } = await import("../../../runs/store.ts");
  return runs.flatMap(runFiles);
}
