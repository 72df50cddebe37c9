import { BadInput } from "../../bad_input.ts";
import { CALIBRATORS } from "../../calibration/calibrators/calibrators.ts";
import type { Evaluation } from "../../calibration/evaluation.ts";
import { type MetricName, METRICS } from "../../calibration/metrics.ts";
import { SPLIT_SETTINGS } from "../../data/settings.ts";
import { checkSpec } from "../../runs/check_spec.ts";
import { evaluateRun, readRunPart } from "../../runs/evaluate.ts";
import { dataForSeed, type RunSpec, runTeacher } from "../../runs/spec.ts";
import { findRun } from "../../runs/open.ts";
import type { RunRecord } from "../../runs/record.ts";
import type { StoredRun } from "../../runs/store.ts";
import {
  formatMean,
  mean,
  sampleStandardDeviation,
} from "../../statistics/summary.ts";
import { STUDENT, STUDENT_ADAM } from "../../study/profile_settings.ts";
import {
  DISTILLATION_SETTINGS,
  TRAINING_SETTINGS,
} from "../../training/settings.ts";
import { command, type Context } from "../command.ts";
import { calibratorKind } from "../flags/calibrator_flags.ts";
import {
  optional,
  path,
  required,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../flags/flags.ts";
import { noiseJson, noiseLine } from "../terminal/noise_text.ts";
import { evaluationJson } from "../terminal/evaluation_json.ts";
import { withTraining } from "../terminal/with_training.ts";
import { warnIfChanceLevel } from "../terminal/warnings.ts";
import {
  settingFlags,
  settingKind,
  settingsOf,
} from "../flags/setting_flags.ts";
import { modelKind } from "../flags/model_kind.ts";
import { jobsFlag, THREADS_HELP } from "../flags/parallel_flags.ts";

/** Epochs of the published students. */
const EPOCHS = 150;

const { learningRate, batchSize, epochs, threads } = TRAINING_SETTINGS;

const flags = {
  teacher: required(path("RUN", "folder or id of the teacher's run")),
  student: withDefault(
    STUDENT.model,
    modelKind("architecture of the students"),
  ),
  ...settingFlags(DISTILLATION_SETTINGS),
  scaled: toggle("first divide the teacher's logits by its fitted temperature"),
  calibrator: optional(
    calibratorKind(
      "first calibrate the teacher's logits (--scaled: temperature)",
    ),
  ),
  trials: withDefault(
    3,
    whole(1, "number of students; their seeds are 1, 2, ..."),
  ),
  epochs: withDefault(
    EPOCHS,
    settingKind(
      epochs,
      "number of epochs; the weights of the best validation epoch are kept",
    ),
  ),
  batchSize: withDefault(STUDENT_ADAM.batchSize, settingKind(batchSize)),
  lr: withDefault(
    STUDENT_ADAM.learningRate,
    settingKind(
      learningRate,
      "learning rate of Adam, divided by 10 after 2/3 of the epochs",
    ),
  ),
  limit: optional(
    settingKind(
      SPLIT_SETTINGS.limit,
      "number of images for training and validation together (default: as " +
        "for the teacher)",
    ),
  ),
  threads: withDefault(1, settingKind(threads, THREADS_HELP)),
  jobs: jobsFlag,
  eceBins: withDefault(10, whole(1, "number of bins of calibration errors")),
};

/** Metrics that are averaged over students. */
const AVERAGED = ["accuracy", "logLoss", "brier", "ece"] as const;

/** A student and its evaluation on the test set. */
interface Trial {
  readonly run: StoredRun;
  readonly evaluation: Evaluation;
}

/** `ils distill`: trains several students of one teacher. */
export const distill = command({
  trains: true,
  flags,
  first: "teacher",
  examples: [
    "distill RUN",
    "distill --teacher RUN --student resnet8 --trials 5",
    "distill --teacher RUN --scaled --trials 1 --epochs 10 --limit 5000",
    "distill --teacher RUN --calibrator structured-matrix",
  ],
  notes: `Each student has its own seed for initial weights and batch order; all
use the teacher's training/validation split and label noise. Finished students are not trained
again; an interrupted one is resumed. Students are trained in parallel.`,
  async run(values, context) {
    const teacher = await findRun(values.teacher);
    await checkCalibrator(teacher, values, context);
    const specs = Array.from(
      { length: values.trials },
      (_, i) => studentOf(teacher.record, i + 1, values),
    );
    specs.forEach(checkSpec);
    const runs = await trained(specs, { teacher, jobs: values.jobs, context });
    for (const run of runs) await warnIfChanceLevel(run, context);
    const trials = await Promise.all(runs.map(async (run) => ({
      run,
      evaluation: await evaluateRun(run, values.eceBins),
    })));
    return { json: asJson(teacher, trials), text: asText(teacher, trials) };
  },
});

/** Reports a fit of the teacher's calibrator that should not be trusted. */
async function checkCalibrator(
  teacher: StoredRun,
  { scaled, calibrator }: Values<typeof flags>,
  { log }: Context,
): Promise<void> {
  if (scaled && calibrator !== undefined && calibrator !== "temperature") {
    throw new BadInput(
      `--scaled and --calibrator ${calibrator} exclude each other`,
    );
  }
  if (!scaled && calibrator === undefined) return;
  const { fitCalibrator } = await import(
    "../../calibration/calibrators/fit_calibrator.ts"
  );
  const validation = await readRunPart(teacher, "val");
  const { by, problems = [] } = fitCalibrator(
    calibrator ?? "temperature",
    validation,
  );
  for (const { reason } of problems) {
    log(`${teacher.record.id}: caution, ${CALIBRATORS[by].title}: ${reason}\n`);
  }
}

function studentOf(
  { spec: teacher }: RunRecord,
  seed: number,
  values: Values<typeof flags>,
): RunSpec {
  const { student, scaled, calibrator, limit, lr, ...training } = values;
  const { batchSize, epochs, threads } = training;
  const data = dataForSeed(teacher, seed);
  return {
    data: { ...data, limit: limit ?? data.limit },
    model: student,
    objective: {
      kind: "distillation",
      ...settingsOf(DISTILLATION_SETTINGS, values),
      teacherScaled: scaled || calibrator !== undefined,
      ...calibrator === undefined || calibrator === "temperature"
        ? {}
        : { teacherCalibrator: calibrator },
    },
    teacher: runTeacher(teacher),
    training: { ...STUDENT_ADAM, learningRate: lr, batchSize, epochs, threads },
    seed,
  };
}

async function trained(
  specs: readonly RunSpec[],
  { teacher, jobs, context }: {
    readonly teacher: StoredRun;
    readonly jobs: number | undefined;
    readonly context: Context;
  },
): Promise<StoredRun[]> {
  const { ensureRuns } = await import("../../runs/ensure_runs.ts");
  return await withTraining(
    context,
    "run the same command again to continue",
    (training) =>
      ensureRuns(specs, { ...training, jobs, teacherFolder: teacher.folder }),
  );
}

function asJson({ record }: StoredRun, trials: readonly Trial[]) {
  return {
    teacher: record.id,
    labelNoise: noiseJson(record.spec),
    trials: trials.map(({ run, evaluation }) => ({
      id: run.record.id,
      folder: run.folder,
      seed: run.record.spec.seed,
      ...evaluationJson(evaluation),
    })),
    ...Object.fromEntries(AVERAGED.map((measure) => {
      const values = trials.map(({ evaluation }) => evaluation.plain[measure]);
      const stdev = values.length > 1 ? sampleStandardDeviation(values) : null;
      return [measure, { mean: mean(values), stdev }];
    })),
  };
}

function asText({ record }: StoredRun, trials: readonly Trial[]): string {
  const of = (measure: typeof AVERAGED[number], factor = 1, digits = 4) =>
    formatMean(
      trials.map(({ evaluation }) => factor * evaluation.plain[measure]),
      digits,
    );
  const title = (name: MetricName) => METRICS[name].title.padEnd(13);
  const { bins } = trials[0].evaluation.plain;
  return `${trials.length} ${
    trials.length === 1 ? "student" : "students"
  } of ${record.id}\n` +
    noiseLine(record.spec) +
    trials.map(({ run: { folder }, evaluation: { plain } }) =>
      `  ${folder}  ${(100 * plain.accuracy).toFixed(2)} %\n`
    ).join("") +
    `${title("accuracy")}${of("accuracy", 100, 2)} %\n` +
    `${title("logLoss")}${of("logLoss")}\n` +
    `${title("brier")}${of("brier")}\n` +
    `${title("ece")}${of("ece")} (${bins} bins)\n`;
}
