import { BadInput } from "../../bad_input.ts";
import { DATASET_NAMES } from "../../data/dataset.ts";
import { OWN_SETTINGS } from "../../data/settings.ts";
import type { Dataset } from "../../data/image_set.ts";
import type { ImportFile, Normalisation } from "../../runs/imported_model.ts";
import { command, type Context } from "../command.ts";
import {
  number,
  numbers,
  optional,
  path,
  required,
  toggle,
  type Values,
  whole,
  withDefault,
} from "../flags/flags.ts";
import {
  datasetFlags,
  datasetKind,
  datasetOf,
} from "../flags/dataset_flags.ts";
import { checkOutside, outputFolder } from "../flags/output_flags.ts";
import { remarkLines } from "../terminal/remark_lines.ts";
import { modelKind } from "../flags/model_kind.ts";
import { settingKind } from "../flags/setting_flags.ts";
import { loadData } from "../inputs/load_data.ts";

const FINITE = {
  low: -Infinity,
  high: Infinity,
  lowOpen: true,
  highOpen: true,
};
const OPEN = { low: 0, high: 1, lowOpen: true, highOpen: true };
const POSITIVE = { low: 0, high: Infinity, lowOpen: true, highOpen: true };

/** Defaults for the images without a data set. */
const IMAGE_SIZE = 32;
const CHANNELS = 3;
const CLASSES = 10;

const flags = {
  from: required(
    path(
      "F.safetensors",
      "PyTorch state dict of float32, float64, float16 or bfloat16",
    ),
  ),
  model: required(modelKind("architecture of the network")),
  out: required(outputFolder("DIR", "new or empty folder for the files")),
  dataset: optional({
    ...datasetKind,
    help: `also write logits for this data set: ${datasetKind.help}`,
  }),
  fit: datasetFlags.fit,
  train: toggle(
    "with --dataset: also write logits for all training images, in order",
  ),
  mean: optional(
    numbers(
      FINITE,
      "with --dataset: channel means of the network's normalisation " +
        "(default: the data set's)",
    ),
  ),
  std: optional(
    numbers(
      POSITIVE,
      "with --dataset: channel standard deviations of the network's " +
        "normalisation (default: the data set's)",
    ),
  ),
  trSize: withDefault(
    0.8,
    number(
      OPEN,
      "fraction of the training images used for training; the rest is the " +
        "val part",
    ),
  ),
  seed: withDefault(1, whole(0, "seed of the split", "S")),
  imageSize: optional(
    settingKind(
      { ...OWN_SETTINGS.imageSize, least: 16 },
      "width and height of the images in pixels, without --dataset or with " +
        `your own images, which are resized (default: ${IMAGE_SIZE})`,
    ),
  ),
  channels: optional(
    whole(
      1,
      "channels of the images, without --dataset or with your own images " +
        `(default: ${CHANNELS})`,
    ),
  ),
  classes: optional(
    whole(2, `without --dataset: number of classes (default: ${CLASSES})`),
  ),
};

/** `ils import-weights`: imports a network trained in PyTorch. */
export const importWeightsCommand = command({
  flags,
  examples: [
    "import-weights --from F.safetensors --model resnet18 --out DIR",
    "import-weights --from F.safetensors --model resnet18 --out DIR --dataset fashionmnist --train",
  ],
  notes:
    `Weight names may follow pytorch-cifar, torchvision, WideResNet-pytorch,
densenet-pytorch or this project; docs/models.md lists them. Prefixes of wrappers,
such as module. and _orig_mod., are removed. Every weight must match, with none left
over.

DIR receives model/ (TensorFlow.js files) and import.json. With --dataset it also
receives logits, labels and indices of the val and test parts, for evaluate and
targets; with --train also those of all training images, for train --teacher. A
network trained on all training images has seen the val part: a temperature
fitted there is too low.`,
  async run(values, context) {
    const dataset = await findDataset(values, context);
    const { openImported, writeLogits } = await import(
      "../../runs/imported_model.ts"
    );
    const { checkFree, writeFolderAtomic } = await import(
      "../../files/write_folder_atomic.ts"
    );
    const { from, model: name, out, train, trSize, seed } = values;
    const normalisation = dataset && normalisationOf(values, dataset);
    await checkFree(out);
    const imported = await openImported(from, name, sizeOf(values, dataset));
    const { model, record, remarks } = imported;
    let rows: Record<string, number> = {};
    try {
      await writeFolderAtomic(out, async (folder) => {
        await model.save(`file://${folder}/model`);
        if (dataset && normalisation) {
          const split = { trainFraction: trSize, seed };
          const options = { dataset, normalisation, train, ...split };
          rows = await writeLogits(model, folder, options);
        }
        const about: ImportFile = {
          ...record,
          dataset: dataset?.name,
          normalisation,
        };
        const text = JSON.stringify(about, null, 2) + "\n";
        await Deno.writeTextFile(`${folder}/import.json`, text);
      });
    } finally {
      model.dispose();
    }
    const parts = Object.entries(rows)
      .map(([part, count]) => `${count} rows of logits-${part}.npy\n`);
    return {
      json: { ...record, folder: out, rows, remarks },
      text: `${out}\n${name} with ${record.parameters} trainable weights\n` +
        parts.join("") + remarkLines(remarks),
    };
  },
});

/** Checks combinations of flags, and reads the data set if one is given. */
async function findDataset(
  values: Values<typeof flags>,
  context: Context,
): Promise<Dataset | undefined> {
  const { dataset, model, imageSize, fit, channels, classes } = values;
  const { mean, std, train, out } = values;
  if ((mean === undefined) !== (std === undefined)) {
    throw new BadInput("--mean and --std need each other");
  }
  if (dataset === undefined) {
    const unused = train ? "--train" : mean ? "--mean" : fit && "--fit";
    if (unused) throw new BadInput(`${unused} needs --dataset`);
    return undefined;
  }
  const named = DATASET_NAMES.includes(dataset);
  if (classes ?? (named ? imageSize ?? channels : undefined)) {
    throw new BadInput(
      "--dataset determines images and classes: leave out --classes, and use " +
        "--image-size and --channels only for your own images",
    );
  }
  const { checkModelFits } = await import("../../runs/data.ts");
  const data = datasetOf({
    ...{ dataset, imageSize, fit, augment: undefined },
    channels: channels === undefined ? undefined : greyOrColour(channels),
  });
  checkOutside("--out", out, data.own?.folder);
  const found = await loadData(data, context);
  checkModelFits(model, found);
  return found;
}

function greyOrColour(channels: number): 1 | 3 {
  if (channels === 1 || channels === 3) return channels;
  throw new BadInput(
    `--channels must be 1 or 3 for your own images: current value is ` +
      channels,
  );
}

function sizeOf(values: Values<typeof flags>, dataset: Dataset | undefined) {
  if (dataset !== undefined) {
    const { height, width, channels, classNames } = dataset;
    return { height, width, channels, classes: classNames.length };
  }
  const { imageSize = IMAGE_SIZE, channels = CHANNELS } = values;
  const { classes = CLASSES } = values;
  return { height: imageSize, width: imageSize, channels, classes };
}

function normalisationOf(
  { mean, std }: Values<typeof flags>,
  dataset: Dataset,
): Normalisation {
  const { channels } = dataset;
  const normalisation = { mean: mean ?? dataset.mean, std: std ?? dataset.std };
  for (const [flag, numbers] of Object.entries(normalisation)) {
    if (numbers.length === channels) continue;
    throw new BadInput(
      `--${flag} must be a list of ${channels} numbers, one per channel: ` +
        `current value is ${numbers.join(",")}`,
    );
  }
  return normalisation;
}
