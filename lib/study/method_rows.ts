import { BadInput } from "../bad_input.ts";
import {
  mean,
  pairedDifference,
  sampleStandardDeviation,
} from "../statistics/summary.ts";
import {
  type Comparable,
  comparableRuns,
  type RunGroup,
} from "../runs/groups.ts";
import type { CalibratorName } from "../calibration/calibrators/calibrators.ts";
import { METRIC_COLUMNS, type MetricName } from "../calibration/metrics.ts";
import { type RunScores, runScores } from "../runs/scores.ts";
import {
  describeNoise,
  describeSettings,
  describeTeacher,
  objectiveNumbers,
} from "../runs/describe.ts";
import { objectiveName } from "../runs/spec.ts";
import type { StoredRun } from "../runs/store.ts";

/** Mean scores of a method over its seeds, with flat keys. */
type ScoreCells =
  & {
    readonly [Key in MetricName | "temperature"]: number;
  }
  & {
    readonly [
      /** Sample standard deviation over seeds; null for a single seed. */
      Key in `${MetricName | "temperature"}Stdev`
    ]: number | null;
  };

/** The method minus the reference, paired by seed, and its interval. */
type DifferenceCells = {
  readonly [
    Key in `${MetricName}${"Difference" | "Low" | "High"}`
  ]: number | null;
};

/** One method over its seeds, plain or scaled, as a flat record for tables. */
export interface MethodRow extends ScoreCells, DifferenceCells {
  readonly dataset: string;
  readonly model: string;
  readonly method: string;
  /** Such as "epsilon 0.1, temperature 1". */
  readonly numbers: string;
  /** Such as "ce"; empty without a teacher. */
  readonly teacher: string;
  /**
   * The method, with as much of numbers and teacher as is needed to identify
   * it.
   */
  readonly label: string;
  /** Such as "20 % even label noise (seed 1)"; empty for clean labels. */
  readonly noise: string;
  /** Whether the logits were calibrated. */
  readonly scaled: boolean;
  /** The calibrator; absent for temperature scaling. */
  readonly calibrator?: CalibratorName;
  /** Number of runs. */
  readonly n: number;
  /** Such as "1 2 3". */
  readonly seeds: string;
  readonly trainImages: number;
  /** Maximum number of epochs of a run. */
  readonly epochs: number;
  readonly settings: string;
  /** Number of bins of every calibration error. */
  readonly bins: number;
  /** Label of the reference in the differences; null without one. */
  readonly reference: string | null;
  /** Number of seeds that method and reference share. */
  readonly pairs: number;
}

/** Receives the id of a run and why its calibrator should not be trusted. */
export type OnProblem = (run: string, reason: string) => void;

/**
 * Returns two rows per method, plain and calibrated: mean and standard deviation
 * over seeds, and the paired difference from a reference method with the same
 * data set, network and training, with a 95 % interval if at least two seeds
 * are shared.
 *
 * @param options `bins` of calibration errors, an integer of at least 1;
 * `reference`, a method's name or label; `calibrator`, its name (temperature scaling);
 * `onProblem`, called with the run and the reason for each fit of the calibrator that
 * should not be trusted
 * @throws {BadInput} if no run has the reference method, or its name is
 * ambiguous
 */
export async function methodRows(
  runs: readonly StoredRun[],
  { bins, reference, calibrator = "temperature", onProblem = () => {} }: {
    readonly bins: number;
    readonly reference?: string | undefined;
    readonly calibrator?: CalibratorName | undefined;
    readonly onProblem?: OnProblem | undefined;
  },
): Promise<MethodRow[]> {
  const comparisons = comparableRuns(runs);
  const references = comparisons.map((comparison) =>
    referenceIn(comparison, reference)
  );
  if (reference !== undefined && references.every((group) => !group)) {
    const labels = comparisons.flatMap(({ groups }) => groups)
      .map(({ label }) => label);
    throw new BadInput(
      `Cannot compare with ${reference} as it has no runs: there are runs of ` +
        [...new Set(labels)].join(", "),
    );
  }
  const rows: MethodRow[] = [];
  for (const [i, comparison] of comparisons.entries()) {
    const against = references[i];
    for (const group of comparison.groups) {
      rows.push(
        ...await rowsOf(group, {
          bins,
          calibrator,
          against,
          onProblem,
        }),
      );
    }
  }
  return rows;
}

function referenceIn(
  { groups, dataset, model }: Comparable,
  reference: string | undefined,
): RunGroup | undefined {
  const labelled = groups.find(({ label }) => label === reference);
  if (labelled) return labelled;
  const named = groups.filter(({ spec }) => objectiveName(spec) === reference);
  if (named.length <= 1) return named[0];
  throw new BadInput(
    `Cannot compare with ${reference} as ${dataset} ${model} has several: ` +
      named.map(({ label }) => label).join("; "),
  );
}

async function rowsOf(
  group: RunGroup,
  { against, onProblem, ...how }: {
    readonly bins: number;
    readonly calibrator: CalibratorName;
    readonly against: RunGroup | undefined;
    readonly onProblem: OnProblem;
  },
): Promise<MethodRow[]> {
  const { bins, calibrator } = how;
  const own = await scoresOf(group, { ...how, onProblem });
  const others = against && against !== group
    ? await scoresOf(against, { ...how, onProblem: () => {} })
    : [];
  return [false, true].map((scaled) => {
    const at = (scores: readonly RunScores[]) =>
      scores.filter((score) => score.scaled === scaled);
    return {
      ...described(group),
      scaled,
      ...calibrator === "temperature" ? {} : { calibrator },
      bins,
      ...averages(at(own)),
      reference: others.length ? against!.label : null,
      ...differences(at(own), at(others)),
    };
  });
}

async function scoresOf(
  { runs }: RunGroup,
  { bins, calibrator, onProblem }: {
    readonly bins: number;
    readonly calibrator: CalibratorName;
    readonly onProblem: OnProblem;
  },
): Promise<RunScores[]> {
  const scores = await Promise.all(runs.map(async (run) => {
    const both = await runScores(run, bins, calibrator);
    for (const { reason } of both[1].problems) onProblem(run.record.id, reason);
    return both;
  }));
  return scores.flat();
}

function described({ spec, label, runs }: RunGroup) {
  const { record } = runs[0];
  return {
    dataset: spec.data.dataset,
    model: spec.model,
    method: objectiveName(spec),
    numbers: objectiveNumbers(spec),
    teacher: describeTeacher(spec),
    label,
    noise: spec.data.noise ? describeNoise(spec.data.noise) : "",
    n: runs.length,
    seeds: runs.map((run) => run.record.spec.seed).join(" "),
    trainImages: record.trainImages,
    epochs: spec.training.epochs,
    settings: describeSettings(record),
  };
}

function averages(scores: readonly RunScores[]): ScoreCells {
  const names = [...METRIC_COLUMNS, "temperature"] as const;
  const cells = names.flatMap((name) => {
    const values = scores.map((score) => score[name]);
    const stdev = values.length > 1 ? sampleStandardDeviation(values) : null;
    return [[name, mean(values)], [`${name}Stdev`, stdev]];
  });
  return Object.fromEntries(cells);
}

/**
 * Returns the mean differences over shared seeds; a single seed has no
 * interval.
 */
function differences(
  own: readonly RunScores[],
  others: readonly RunScores[],
): DifferenceCells & { readonly pairs: number } {
  const pairs = own.flatMap((score) => {
    const other = others.find(({ seed }) => seed === score.seed);
    return other ? [{ own: score, other }] : [];
  });
  const cells = METRIC_COLUMNS.flatMap((name) => {
    const values = pairs.map(({ own, other }) => own[name] - other[name]);
    const found = pairs.length > 1
      ? pairedDifference(
        pairs.map(({ own }) => own[name]),
        pairs.map(({ other }) => other[name]),
      )
      : null;
    return [
      [`${name}Difference`, found?.mean ?? values[0] ?? null],
      [`${name}Low`, found?.low ?? null],
      [`${name}High`, found?.high ?? null],
    ];
  });
  return { pairs: pairs.length, ...Object.fromEntries(cells) };
}
