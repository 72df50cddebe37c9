import { evaluateLogits } from "../calibration/evaluate.ts";
import { pixelScale } from "../data/image_set.ts";
import { deviceInfo } from "../engine/device.ts";
import { engineInfo, type tf } from "../engine/engine.ts";
import type { Logits } from "../matrix_kinds.ts";
import { countTrainable } from "../models/layer_records.ts";
import type { TrainingLoss } from "../training/averaged_loss.ts";
import type { CheckpointPlace } from "../training/checkpoint_file.ts";
import { fit } from "../training/fit.ts";
import { bestEpoch, type EpochRecord } from "../training/history.ts";
import { adam, type Optimizer, sgd } from "../training/optimizer.ts";
import { predict } from "../training/predict.ts";
import type { Progress } from "../training/progress.ts";
import { openObjective } from "./objective.ts";
import { openModel, type PartData, type RunData } from "./data.ts";
import { type LockedFolder, lockRunFolder, RunLocked } from "./folder.ts";
import type { RunSpec, TrainingSpec } from "./spec.ts";
import { openRun } from "./open.ts";
import { RUN_SCHEMA, type RunRecord } from "./record.ts";
import type { Parts } from "./store.ts";
import type { Teacher } from "./teacher.ts";
import { writeRun } from "./write.ts";

/** Number of bins of the calibration errors in a run's record. */
const RECORD_BINS = 10;

/** Options of `trainRun()`. */
export interface TrainRunOptions {
  readonly id: string;
  readonly folder: string;
  readonly data: RunData;
  /** Required if the objective needs a teacher. */
  readonly teacher: Teacher | undefined;
  readonly progress: Progress;
  readonly resume: boolean;
  /** Whether to wait if another process is training into the folder. */
  readonly wait: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Trains one network and writes its run into a folder, `run.json` last, so that
 * a run with that file is complete. If another process is training into the
 * folder, waits for it and returns its run.
 */
export async function trainRun(
  spec: RunSpec,
  options: TrainRunOptions,
): Promise<RunRecord> {
  const { id, folder, data, progress, wait, signal } = options;
  // Nothing is written before the targets are known to be valid.
  const objective = openObjective(spec, {
    labels: data.parts.train.labels,
    classes: data.dataset.classNames.length,
    teacher: options.teacher,
  });
  try {
    const onWait = () => {
      if (!wait) throw new RunLocked(folder);
      progress.begin(`${id}: another process is training it`);
    };
    const locked = await lockRunFolder(folder, { signal, onWait });
    try {
      const record = (await openRun(folder))?.record ??
        await trainInto(locked, { spec, loss: objective.loss }, options);
      await locked.finish();
      return record;
    } finally {
      locked.release();
    }
  } finally {
    objective.dispose();
  }
}

async function trainInto(
  { checkpoint, lost, check }: LockedFolder,
  { spec, loss }: { readonly spec: RunSpec; readonly loss: TrainingLoss },
  options: TrainRunOptions,
): Promise<RunRecord> {
  const { id, folder, data, progress } = options;
  const startedAt = new Date();
  const model = openModel(spec, data);
  try {
    progress.begin(id);
    const place = { path: checkpoint, run: id };
    const signal = AbortSignal.any([lost, options.signal ?? lost]);
    const history = await fitRun(model, { spec, loss, place }, {
      ...options,
      signal,
    });
    const logits = predictParts(model, data.parts);
    const record: RunRecord = {
      schema: RUN_SCHEMA,
      ...describe(spec, model, { id, history, data, logits }),
      startedAt: startedAt.toISOString(),
      seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    };
    const { parts } = data;
    check();
    const contents = { model, record, history, logits, parts };
    const written = await writeRun(folder, contents);
    progress.end(summarise(written));
    return written;
  } finally {
    model.dispose();
  }
}

function fitRun(
  model: tf.LayersModel,
  { spec: { training, seed }, loss, place }: {
    readonly spec: RunSpec;
    readonly loss: TrainingLoss;
    readonly place: CheckpointPlace;
  },
  { data, progress, resume, signal }: TrainRunOptions,
): Promise<EpochRecord[]> {
  const { patience, threads: _, ...settings } = training;
  return fit(model, {
    train: data.parts.train.images,
    validation: data.parts.val.images,
    validationLabels: data.parts.val.labels,
  }, {
    ...settings,
    loss,
    optimizer: openOptimizer(training),
    schedule: training,
    seed,
    augment: data.dataset.augment === "crop-flip",
    ...(patience === null ? {} : { patience }),
  }, {
    checkpoint: place,
    resume,
    onStep: (report) => progress.step(report),
    onEpoch: (record) => progress.epoch(record),
    onRemark: (remark) => progress.remark(remark),
    ...(signal ? { signal } : {}),
  });
}

/** Returns a function that creates a spec's optimizer for a model's weights. */
export function openOptimizer(
  training: TrainingSpec,
): (weights: tf.Variable[]) => Optimizer {
  return training.optimizer === "sgd"
    ? (weights) => sgd(weights, training)
    : (weights) => adam(weights, training);
}

function predictParts(
  model: tf.LayersModel,
  parts: Parts<PartData>,
): Parts<Logits<Float32Array>> {
  const logits = Object.entries(parts).map(([part, { images }]) =>
    [part, predict(model, images)] as const
  );
  return Object.fromEntries(logits) as unknown as Parts<Logits<Float32Array>>;
}

function describe(
  spec: RunSpec,
  model: tf.LayersModel,
  { id, history, data: { dataset, parts }, logits }: {
    readonly id: string;
    readonly history: readonly EpochRecord[];
    readonly data: RunData;
    readonly logits: Parts<Logits<Float32Array>>;
  },
) {
  const versions = engineInfo();
  const validation = { logits: logits.val, labels: parts.val.labels };
  return {
    id,
    spec,
    versions,
    device: deviceInfo(versions.device),
    epochs: history.length,
    bestEpoch: bestEpoch(history).epoch,
    trainImages: parts.train.images.size,
    parameters: countTrainable(model),
    classNames: dataset.classNames,
    mean: dataset.mean,
    std: dataset.std,
    unit: pixelScale(dataset.train.images),
    validation: evaluateLogits(logits.val, parts.val.labels, {
      bins: RECORD_BINS,
    }),
    test: evaluateLogits(logits.test, parts.test.labels, {
      bins: RECORD_BINS,
      validation,
    }),
  };
}

function summarise({ test: { plain }, epochs, seconds }: RunRecord): string {
  return `accuracy ${(100 * plain.accuracy).toFixed(2)} %  ` +
    `log loss ${plain.logLoss.toFixed(4)}  ECE ${plain.ece.toFixed(4)}  ` +
    `${epochs} ${epochs === 1 ? "epoch" : "epochs"}  ${seconds.toFixed(1)} s`;
}
