import { basename } from "node:path";
import { BadInput, checkRange } from "../../bad_input.ts";
import { DATASET_NAMES } from "../../data/dataset.ts";
import { identifyOwn } from "../../data/own/load.ts";
import { isFolder } from "../../files/folders.ts";
import type { DataSpec } from "../../runs/spec.ts";
import {
  choice,
  type FlagKind,
  flagName,
  optional,
  path,
  required,
  suggestion,
  type Values,
  whole,
} from "./flags.ts";

/** Pixels of a side: more are hardly meant, and would fill the memory. */
const MOST_PIXELS = 2048;

const folder = path("D|DIR", "");

/** The name of a data set, or an existing folder; the name goes first. */
export const datasetKind: FlagKind<string> = {
  placeholder: "D|DIR",
  help: `${DATASET_NAMES.join(", ")}; or a folder with your own: images in a ` +
    `folder a class, or X.npy and y.npy, or .npz (docs/data.md)`,
  parse(text, flag) {
    if (DATASET_NAMES.includes(text)) return text;
    const given = folder.parse(text, flag);
    if (isFolder(given)) return given;
    throw new BadInput(
      `${flag} must be one of ${DATASET_NAMES.join(", ")}, or a folder with ` +
        `your own data: current value is ${text}` +
        suggestion(text, DATASET_NAMES),
    );
  },
};

const pixels = whole(
  1,
  "your own images: pixels of a side that all are brought to",
);

const pixelsKind: FlagKind<number> = {
  ...pixels,
  parse(text, flag) {
    const value = pixels.parse(text, flag);
    checkRange(flag, value, { low: 1, high: MOST_PIXELS });
    return value;
  },
};

/** The flags that say which data; all but the first are for one's own. */
export const datasetFlags = {
  dataset: required(datasetKind),
  imageSize: optional(
    pixelsKind,
  ),
  fit: optional(
    choice(["crop", "stretch"], {
      placeholder: "F",
      help: "what of an image is brought to it, the square in its middle or " +
        "the whole; crop unless given",
    }),
  ),
  channels: optional(
    choice(["1", "3"], {
      placeholder: "C",
      help: "your own images: grey or colour, as they are unless given",
    }),
  ),
  augment: optional(
    choice(["none", "crop-flip"], {
      placeholder: "A",
      help: "your own images in training, none unless given",
    }),
  ),
};

/** What the flags held. */
export type DatasetValues = Values<typeof datasetFlags>;

/**
 * The data set that the flags describe, one's own by what it holds.
 *
 * @throws {BadInput} if it cannot be used, or a flag does not go with it
 */
export function datasetOf(
  values: DatasetValues,
): Pick<DataSpec, "dataset" | "own"> {
  const { dataset, imageSize, fit, channels, augment } = values;
  if (!DATASET_NAMES.includes(dataset)) {
    const own = identifyOwn(dataset, {
      imageSize,
      fit,
      channels: channels === undefined ? undefined : channels === "1" ? 1 : 3,
      augment,
    });
    return { dataset: basename(own.folder), own };
  }
  const given = Object.entries({ imageSize, fit, channels, augment })
    .find(([, value]) => value !== undefined);
  if (given === undefined) return { dataset };
  throw new BadInput(
    `${flagName(given[0])} goes with a folder of your own: the images of ` +
      `${dataset} are taken as they are`,
  );
}
