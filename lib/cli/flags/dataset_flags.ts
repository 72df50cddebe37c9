import { basename } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { DATASET_NAMES } from "../../data/dataset.ts";
import { identifyOwn } from "../../data/own/load.ts";
import { OWN_SETTINGS } from "../../data/settings.ts";
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
} from "./flags.ts";
import { settingFlags } from "./setting_flags.ts";

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

/** The flags that say which data; all but the first are for one's own. */
export const datasetFlags = {
  dataset: required(datasetKind),
  ...settingFlags(OWN_SETTINGS),
  // Left out of a spec, where it would make another run of the same.
  augment: optional(
    choice(["none", ...OWN_SETTINGS.augment.choices], OWN_SETTINGS.augment),
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
      channels,
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
