import {
  type ComparedScore,
  compareScore,
  type Comparison,
} from "./comparison.ts";
import { PUBLISHED_ROWS, type PublishedRow } from "./published.ts";
import {
  hasPublishedSettings,
  hasPublishedStudentSettings,
  isStudyMethod,
  isStudyStudent,
  PUBLISHED_DATASETS,
  PUBLISHED_MODELS,
} from "./published_settings.ts";
import { type Comparable, comparableRuns } from "../runs/groups.ts";
import { runScores } from "../runs/scores.ts";
import { describeSettings, settingsKey } from "../runs/describe.ts";
import { runOfTeacher } from "../runs/spec.ts";
import type { StoredRun } from "../runs/store.ts";

/** A comparison and the settings of its runs, as a flat record for tables. */
export interface RunComparison extends Comparison {
  /**
   * The standard deviation as printed, if its unit had to be interpreted; else
   * null.
   */
  readonly printed: string | null;
  /**
   * Whether the runs have the published settings, other ones, or do not exist.
   */
  readonly status: "published settings" | "other settings" | "not run";
  /** The architecture that represents the published network. */
  readonly model: string;
  readonly trainImages: number | null;
  /** Maximum number of epochs of a run. */
  readonly epochs: number | null;
  readonly settings: string | null;
  /** Number of runs of the row with other settings than those shown. */
  readonly otherRuns: number;
}

/** The runs of one row's networks or students. */
interface Measured {
  readonly runs: readonly StoredRun[];
  readonly asPublished: boolean;
  readonly otherRuns: number;
}

const NOTHING: Measured = { runs: [], asPublished: false, otherRuns: 0 };

/** Bins of every published ECE. */
const BINS = 10;

/**
 * Compares each of the 24 published rows, score by score, with the runs of the
 * same data set, network and method. All rows of a network use the same
 * settings.
 *
 * @param runs any runs; those that match no row are ignored
 * @param scores published scores to compare, in order
 * @param options `anySettings`: if no run has the published settings, use those
 * with the most training images, then the most epochs
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

/** Returns the settings used for a network's rows. */
function chosenFor(
  row: PublishedRow,
  all: readonly Comparable[],
  anySettings: boolean,
): Comparable | undefined {
  const fitting = comparisonsOf(row, all);
  return fitting.find(({ groups }) => hasPublishedSettings(groups[0].spec)) ??
    (anySettings ? fitting[0] : undefined);
}

/**
 * Returns the comparisons of a row's data set and network that have any of the
 * study's methods.
 */
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
      hasPublishedSettings(chosen.groups[0].spec),
    otherRuns: others.flatMap(runsIn).length,
  };
}

/** Returns the students of the row's networks, all with the same settings. */
function studentsOf(
  row: PublishedRow,
  { all, chosen, anySettings }: {
    readonly all: readonly Comparable[];
    readonly chosen: Comparable | undefined;
    readonly anySettings: boolean;
  },
): Measured {
  if (chosen === undefined) return NOTHING;
  const teacherSettings = settingsKey(chosen.groups[0].spec);
  const groups = all.flatMap(({ groups }) => groups).filter(({ spec }) =>
    isStudyStudent(spec, row) && spec.teacher?.kind === "run" &&
    settingsKey(runOfTeacher(spec.teacher)) === teacherSettings
  );
  const found = groups.find(({ spec }) => hasPublishedStudentSettings(spec)) ??
    (anySettings ? groups[0] : undefined);
  return {
    runs: found?.runs ?? [],
    asPublished: found !== undefined &&
      hasPublishedStudentSettings(found.spec) &&
      hasPublishedSettings(chosen.groups[0].spec),
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

/**
 * Returns a run's score. A student is never scaled: its row's scaling is its
 * teacher's.
 */
async function valueOf(
  run: StoredRun,
  score: ComparedScore,
  { scaled }: PublishedRow,
): Promise<number> {
  const [plain, scaledScores] = await runScores(run, BINS);
  if (score === "studentAccuracy") return plain.accuracy;
  if (score === "studentLogLoss") return plain.logLoss;
  return (scaled ? scaledScores : plain)[score];
}

function printed({ studentStdevPrinted }: PublishedRow): string {
  const { value, unit } = studentStdevPrinted;
  return `± ${value}, read as ${unit === "fraction" ? "a fraction" : unit}`;
}
