import { join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import type { EnsureRunsOptions } from "../../runs/ensure_runs.ts";
import { evaluateRun } from "../../runs/evaluate.ts";
import { isRunStarted, tidyRun } from "../../runs/folder.ts";
import { runId, type RunSpec, runTeacher } from "../../runs/spec.ts";
import { findRun, openRun } from "../../runs/open.ts";
import { runsFolder, type StoredRun } from "../../runs/store.ts";
import { useThreads } from "../../runs/threads.ts";
import { type Answer, command, type Context } from "../command.ts";
import { isArrayPath } from "../../files/array_path.ts";
import { findNoise } from "../inputs/find_noise.ts";
import { loadData } from "../inputs/load_data.ts";
import { loadLogits } from "../inputs/load_logits.ts";
import { noiseJson, noiseLine } from "../terminal/noise_text.ts";
import { evaluationJson } from "../terminal/evaluation_json.ts";
import { metricLines } from "../terminal/metric_lines.ts";
import { checkOutside } from "../flags/output_flags.ts";
import {
  checkAsLogits,
  checkTeacherFlags,
  trainFlags,
  trainSpec,
  type TrainValues,
} from "../flags/train_flags.ts";
import {
  type TensorboardLogs,
  tensorboardLogs,
} from "../terminal/tensorboard_logs.ts";
import { tidyScratch } from "../../files/scratch_folder.ts";
import { withTraining } from "../terminal/with_training.ts";
import { warnIfChanceLevel } from "../terminal/warnings.ts";

/** The teacher of `--teacher`. */
interface ChosenTeacher {
  /** The teacher in a run's spec. */
  readonly spec: RunSpec["teacher"];
  /** Its logits or folder, as options of the training. */
  readonly options: EnsureRunsOptions;
}

/** The flags that `--help` shows without `all`. */
const COMMON: readonly (keyof TrainValues)[] = [
  ...["dataset", "imageSize", "model", "method", "epsilon", "teacher"] as const,
  ...["optimizer", "lr", "epochs", "batchSize", "estop", "limit"] as const,
  ...["seed", "jobs", "out", "resume", "tensorboard"] as const,
];

/** `ils train`: trains one network, unless it is already trained. */
export const train = command({
  trains: true,
  flags: trainFlags,
  common: COMMON,
  examples: [
    "train --dataset fashionmnist --model mlp",
    "train --dataset fashionmnist --model lenet --lr 0.05",
    "train --dataset fashionmnist --model mlp --method ils --epsilon 0.1",
    "train --dataset fashionmnist --model mlp --method ils2 --teacher L.npy",
    "train --dataset fashionmnist --model mlp --method mix --lambda 0.8 --teacher-ensemble 5",
    "train --dataset fashionmnist --model mlp --method focal --focal-gamma 3",
    "train --dataset fashionmnist --model mlp --method ils2 --teacher-folds 5 --teacher-method ls",
    "train --dataset excerpt --model lenet --lr 0.01 --epochs 5 --batch-size 32 --json",
    "train --dataset cifar10 --model resnet18 --num-classes 10",
    "train --dataset fashionmnist --model mlp --label-noise even:0.2",
    "train --dataset fashionmnist --model mlp --label-noise similar:0.2 --noise-from RUN",
  ],
  notes:
    `A run is identified by its settings: a finished run is not trained again.
Teachers are runs too, and missing ones are trained first; with --threads, the
networks of a teacher are trained in parallel. An interrupted run
leaves a checkpoint, from which --resume continues. With the study's --lr of 0.1,
lenet learns nothing. --label-noise is part of the run and of its teacher; the
labels depend on it, --noise-seed and the data, not on --seed or --limit. If RUN of
--noise-from confuses a class with no other, similar noise is even for that class.
For your own images or arrays, give their folder as
--dataset DIR.`,
  async run(values, context) {
    checkTeacherFlags(values);
    checkAsLogits(values);
    const { noise, options: noiseOptions } = await findNoise(values);
    const teacher = await findTeacher(values, context);
    const spec = trainSpec(values, { teacher: teacher.spec, noise });
    const id = runId(spec);
    const folder = values.out ?? join(runsFolder(), id);
    checkOutside("--out", folder, spec.data.own?.folder);
    if (values.tensorboard !== undefined) {
      checkOutside("--tensorboard", values.tensorboard, spec.data.own?.folder);
    }
    const finished = await openRun(folder);
    const log = tensorboardLogs(values.tensorboard);
    if (finished?.record.id === id) {
      checkClasses(values, finished.record.classNames.length);
      await tidyRun(folder);
      tidyScratch();
      await log?.finish(finished);
      context.log(`${id} is already finished: nothing to do\n`);
      await warnIfChanceLevel(finished, context);
      return await describe(finished, values.eceBins);
    }
    // Before the engine is loaded.
    useThreads(spec.training.threads);
    const { checkModelFits } = await import("../../runs/data.ts");
    const dataset = await loadData(spec.data, context);
    checkModelFits(spec.model, dataset);
    checkClasses(values, dataset.classNames.length);
    await warnIfStartingOver(folder, values.resume, context);
    const run = await trained(spec, {
      options: {
        ...teacher.options,
        ...noiseOptions,
        folder,
        resume: values.resume,
        jobs: values.jobs,
      },
      context,
      log,
    });
    await log?.finish(run);
    await warnIfChanceLevel(run, context);
    return await describe(run, values.eceBins);
  },
});

/** Warns if a checkpoint will be discarded because `--resume` is not given. */
async function warnIfStartingOver(
  folder: string,
  resume: boolean,
  { log }: Context,
): Promise<void> {
  if (resume || !await isRunStarted(folder)) return;
  log(
    `${folder} contains a checkpoint: starting over without --resume\n`,
  );
}

/** Trains the run; TensorFlow is not loaded before. */
async function trained(
  spec: RunSpec,
  { options, context, log }: {
    options: EnsureRunsOptions;
    context: Context;
    log: TensorboardLogs | undefined;
  },
): Promise<StoredRun> {
  const { ensureRuns } = await import("../../runs/ensure_runs.ts");
  await log?.open();
  const [run] = await withTraining(
    context,
    "use --resume to continue",
    ({ display, signal }) =>
      ensureRuns([spec], {
        ...options,
        display: log?.watch(display) ?? display,
        signal,
      }),
  );
  return run;
}

async function findTeacher(
  { teacher, asLogits }: TrainValues,
  context: Context,
): Promise<ChosenTeacher> {
  if (teacher === undefined) return { spec: null, options: {} };
  if (!isArrayPath(teacher)) {
    const { folder, record } = await findRun(teacher);
    return {
      spec: runTeacher(record.spec),
      options: { teacherFolder: folder },
    };
  }
  return await loadLogits(teacher, context, { asLogits });
}

function checkClasses({ dataset, numClasses }: TrainValues, classes: number) {
  if (numClasses === undefined || numClasses === classes) return;
  throw new BadInput(
    `--num-classes must be ${classes}, the number of classes of ${dataset}: ` +
      `current value is ${numClasses}`,
  );
}

async function describe(run: StoredRun, bins: number): Promise<Answer> {
  const { folder, record } = run;
  const evaluation = await evaluateRun(run, bins);
  const { id, epochs, bestEpoch, seconds, parameters, validation } = record;
  return {
    json: {
      id,
      folder,
      epochs,
      bestEpoch,
      seconds,
      parameters,
      validation: validation.plain,
      labelNoise: noiseJson(record.spec),
      ...evaluationJson(evaluation),
    },
    text:
      `${folder}\n${
        noiseLine(record.spec)
      }best epoch ${bestEpoch} of ${epochs}, test set: ` +
      metricLines(evaluation),
  };
}
