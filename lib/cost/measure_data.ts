import type { Dataset } from "../data/image_set.ts";
import { splitIndices } from "../data/split.ts";
import { tf } from "../engine/engine.ts";
import { buildTargets } from "../smoothing/targets.ts";
import { crossEntropyLoss } from "../training/cross_entropy.ts";
import { fit } from "../training/fit.ts";
import type { EpochRecord } from "../training/history.ts";
import {
  checkModelFits,
  openModel,
  openRunData,
  type RunData,
} from "../runs/data.ts";
import { loadDatasetOnce } from "../runs/load_dataset.ts";
import type { RunSpec } from "../runs/spec.ts";
import { openOptimizer } from "../runs/train.ts";
import type { Measure, MeasuredSpeed } from "./estimate.ts";
import { networkCost } from "./network_cost.ts";

/** Steps of the timed epoch, which follows an equal one that is not timed. */
const STEPS = 3;

/** If the first step takes longer than this, in seconds, it is the only one. */
const SLOW_STEP = 5;

/**
 * Measures runs on their data, which it loads: its sizes, the network, and the time
 * of some training steps. Methods and teachers are ignored.
 */
export const DATA_MEASURE: Measure = {
  async sizes(spec) {
    const dataset = await datasetOf(spec);
    checkModelFits(spec.model, dataset);
    const { train, test, classNames } = dataset;
    const { trainFraction, limit, splitSeed = spec.seed } = spec.data;
    const split = splitIndices(train.labels, {
      trainFraction,
      limit: limit ?? undefined,
      seed: splitSeed,
    });
    return {
      train: split.train.length,
      validation: split.validation.length,
      test: test.labels.length,
      classes: classNames.length,
    };
  },
  async network(spec) {
    const dataset = await datasetOf(spec);
    const model = openModel(spec, { dataset });
    try {
      return networkCost(model, spec.training.batchSize);
    } finally {
      model.dispose();
    }
  },
  speed: timeSteps,
};

function datasetOf({ data: { dataset, own } }: RunSpec): Promise<Dataset> {
  return loadDatasetOnce(dataset, { own });
}

/** Times training of a new network on a few batches of the run's data. */
async function timeSteps(spec: RunSpec): Promise<MeasuredSpeed> {
  const data = await openRunData(await limitToFewBatches(spec), spec.seed);
  const model = openModel(spec, data);
  const { labels } = data.parts.train;
  const classes = data.dataset.classNames.length;
  const rows = buildTargets({ name: "ce" }, { labels, classes });
  const targets = tf.tensor2d(rows.data, [rows.rows, rows.columns]);
  try {
    return await timeFit(model, { data, targets, spec });
  } finally {
    targets.dispose();
    model.dispose();
    data.dispose();
  }
}

interface TimedRun {
  readonly data: RunData;
  readonly targets: tf.Tensor2D;
  readonly spec: RunSpec;
}

async function timeFit(
  model: tf.LayersModel,
  run: TimedRun,
): Promise<MeasuredSpeed> {
  const { batchSize } = run.spec.training;
  const images = run.data.parts.train.labels.length;
  const slow = new AbortController();
  const start = performance.now();
  let firstStep = 0;
  const onStep = () => {
    firstStep ||= (performance.now() - start) / 1000;
    if (firstStep > SLOW_STEP) slow.abort();
  };
  try {
    const history = await fitTwoEpochs(model, run, {
      signal: slow.signal,
      onStep,
    });
    const steps = Math.ceil(images / batchSize);
    const secondsPerImage = history[1].seconds / images;
    return { kind: "epochs", secondsPerImage, steps };
  } catch (error) {
    if (!slow.signal.aborted) throw error;
    const seen = Math.min(batchSize, images);
    return { kind: "epochs", secondsPerImage: firstStep / seen, steps: 1 };
  }
}

function fitTwoEpochs(
  model: tf.LayersModel,
  { data, targets, spec: { training, seed } }: TimedRun,
  hooks: { readonly signal: AbortSignal; readonly onStep: () => void },
): Promise<EpochRecord[]> {
  const { train, val } = data.parts;
  const { batchSize, learningRate } = training;
  return fit(model, {
    train: train.images,
    validation: val.images,
    validationLabels: val.labels,
  }, {
    loss: crossEntropyLoss(targets),
    optimizer: openOptimizer(training),
    // Too small to diverge; a step's time does not depend on its length.
    schedule: { learningRate: 1e-6 * learningRate, milestones: [], gamma: 1 },
    epochs: 2,
    batchSize,
    seed,
    augment: data.dataset.augment === "crop-flip",
  }, hooks);
}

/** The run's data, limited to `STEPS` training steps and their validation. */
async function limitToFewBatches(spec: RunSpec): Promise<RunSpec["data"]> {
  const { holdOut: _, noise: __, ...data } = spec.data;
  const { train } = await datasetOf(spec);
  const needed =
    Math.ceil(STEPS * spec.training.batchSize / data.trainFraction) + 1;
  const available = data.limit ?? train.labels.length;
  return { ...data, limit: Math.min(needed, available) };
}
