import {
  type ComparedScore,
  compareScore,
  type Comparison,
} from "./comparison.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import {
  isStudyMethod,
  isStudyStudent,
  networkSettings,
  PUBLISHED_DATASETS,
  PUBLISHED_MODELS,
  studentSettings,
} from "./published_settings.ts";
import { type Comparable, comparableRuns } from "../runs/groups.ts";
import { runScores } from "../runs/scores.ts";
import { describeSettings, settingsKey } from "../runs/describe.ts";
import { runOfTeacher } from "../runs/spec.ts";
import type { StoredRun } from "../runs/store.ts";

/** A comparison with how its numbers were measured: flat, for tables. */
export interface RunComparison extends Comparison {
  /** The standard deviation as printed, where that is read another way. */
  readonly printed: string | null;
  /** Whether runs are on the study's own settings, on others, or not there. */
  readonly status: "published settings" | "other settings" | "not run";
  /** The architecture that stands for the network here. */
  readonly model: string;
  readonly trainImages: number | null;
  /** The most that a run may take. */
  readonly epochs: number | null;
  readonly settings: string | null;
  /** Runs of the row on other settings than those that are shown. */
  readonly otherRuns: number;
}

/** What was measured for one row's networks or students. */
interface Measured {
  readonly runs: readonly StoredRun[];
  readonly asPublished: boolean;
  readonly otherRuns: number;
}

const NOTHING: Measured = { runs: [], asPublished: false, otherRuns: 0 };

/** Behind every published ECE. */
const BINS = 10;

/**
 * Each of the 24 published rows, score by score, beside the runs of the same
 * data set, network and method. A network's rows all come from one settings.
 *
 * @param runs any; those that no row is about are passed over
 * @param scores which of the published scores, in order
 * @param options `anySettings`: where no run has the study's settings, take
 * those with most training images, then those with most epochs
 */
export async function compareRuns(
  runs: readonly StoredRun[],
  scores: readonly ComparedScore[],
  { anySettings = false }: { readonly anySettings?: boolean } = {},
): Promise<RunComparison[]> {
  const all = comparableRuns(runs);
  const cells: RunComparison[] = [];
  for (const row of PUBLISHED_ROWS) {
    const chosen = chosenFor(row, all, anySettings);
    const networks = networksOf(row, all, chosen);
    const students = studentsOf(row, { all, chosen, anySettings });
    for (const score of scores) {
      const student = score.startsWith("student");
      cells.push(await cellOf(row, score, student ? students : networks));
    }
  }
  return cells;
}

/** The settings that a network's rows are taken from. */
function chosenFor(
  row: PublishedRow,
  all: readonly Comparable[],
  anySettings: boolean,
): Comparable | undefined {
  const fitting = comparisonsOf(row, all);
  return fitting.find(({ groups }) => networkSettings(groups[0].spec)) ??
    (anySettings ? fitting[0] : undefined);
}

/** Those of a row's data set and network that hold any of its methods. */
function comparisonsOf(
  { dataset, network }: PublishedRow,
  all: readonly Comparable[],
): Comparable[] {
  return all.filter((comparison) =>
    comparison.dataset === PUBLISHED_DATASETS[dataset] &&
    comparison.model === PUBLISHED_MODELS[network] &&
    comparison.groups.some(({ spec }) =>
      (["ce", "ls", "ils"] as const).some((name) => isStudyMethod(spec, name))
    )
  );
}

function networksOf(
  row: PublishedRow,
  all: readonly Comparable[],
  chosen: Comparable | undefined,
): Measured {
  const runsIn = ({ groups }: Comparable) =>
    groups.filter(({ spec }) => isStudyMethod(spec, row.method))
      .flatMap(({ runs }) => runs);
  const others = comparisonsOf(row, all).filter((other) => other !== chosen);
  return {
    runs: chosen ? runsIn(chosen) : [],
    asPublished: chosen !== undefined &&
      networkSettings(chosen.groups[0].spec),
    otherRuns: others.flatMap(runsIn).length,
  };
}

/** Students of the networks that the row shows, on one settings too. */
function studentsOf(
  row: PublishedRow,
  { all, chosen, anySettings }: {
    readonly all: readonly Comparable[];
    readonly chosen: Comparable | undefined;
    readonly anySettings: boolean;
  },
): Measured {
  if (chosen === undefined) return NOTHING;
  const taughtAs = settingsKey(chosen.groups[0].spec);
  const groups = all.flatMap(({ groups }) => groups).filter(({ spec }) =>
    isStudyStudent(spec, row) && spec.teacher?.kind === "run" &&
    settingsKey(runOfTeacher(spec.teacher)) === taughtAs
  );
  const found = groups.find(({ spec }) => studentSettings(spec)) ??
    (anySettings ? groups[0] : undefined);
  return {
    runs: found?.runs ?? [],
    asPublished: found !== undefined && studentSettings(found.spec) &&
      networkSettings(chosen.groups[0].spec),
    otherRuns: groups.filter((group) => group !== found)
      .flatMap(({ runs }) => runs).length,
  };
}

async function cellOf(
  row: PublishedRow,
  score: ComparedScore,
  { runs, asPublished, otherRuns }: Measured,
): Promise<RunComparison> {
  const values = await Promise.all(runs.map((run) => valueOf(run, score, row)));
  const record = runs[0]?.record;
  return {
    ...compareScore(row, score, values),
    printed: score === "studentAccuracy" ? printed(row) : null,
    status: !record
      ? "not run"
      : asPublished
      ? "published settings"
      : "other settings",
    model: PUBLISHED_MODELS[row.network],
    trainImages: record?.trainImages ?? null,
    epochs: record?.spec.training.epochs ?? null,
    settings: record ? describeSettings(record) : null,
    otherRuns,
  };
}

/** A student is as it is: the scaling of its row is its teacher's. */
async function valueOf(
  run: StoredRun,
  score: ComparedScore,
  { scaled }: PublishedRow,
): Promise<number> {
  const [plain, divided] = await runScores(run, BINS);
  if (score === "studentAccuracy") return plain.accuracy;
  if (score === "studentLogLoss") return plain.logLoss;
  return (scaled ? divided : plain)[score];
}

function printed({ studentStdevPrinted }: PublishedRow): string {
  const { value, unit } = studentStdevPrinted;
  return `± ${value}, read as ${unit === "fraction" ? "a fraction" : unit}`;
}
