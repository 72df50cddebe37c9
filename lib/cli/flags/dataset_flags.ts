import { basename } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { DATASET_NAMES } from "../../data/dataset.ts";
import { identifyOwn } from "../../data/own/load.ts";
import { OWN_SETTINGS } from "../../data/settings.ts";
import { isFile, isFolder } from "../../files/folders.ts";
import type { DataSpec } from "../../runs/spec.ts";
import { flagName } from "./flag_name.ts";
import {
  choice,
  type FlagKind,
  optional,
  path,
  required,
  suggestion,
  type Values,
} from "./flags.ts";
import { settingFlags } from "./setting_flags.ts";

const folder = path("D|DIR", "");

/** The name of a data set, or an existing folder; a name takes precedence. */
export const datasetKind: FlagKind<string> = {
  placeholder: "D|DIR",
  help: `${DATASET_NAMES.join(", ")}; or a folder with your own data: images ` +
    `in one folder per class, X.npy and y.npy, or .npz (docs/data.md)`,
  parse(text, flag) {
    if (DATASET_NAMES.includes(text)) return text;
    const path = folder.parse(text, flag);
    if (isFolder(path)) return path;
    const hint = suggestion(text, DATASET_NAMES) ||
      (isFile(path) ? ", which is a file" : ", which does not exist");
    throw new BadInput(
      `${flag} must be one of ${DATASET_NAMES.join(", ")}, or a folder with ` +
        `your own data: current value is ${text || '""'}${hint}`,
    );
  },
};

/** Flags that choose the data; all but the first are for the user's own. */
export const datasetFlags = {
  dataset: required(datasetKind),
  ...settingFlags(OWN_SETTINGS),
  // "none" is left out of a spec: it would give the same run another id.
  augment: optional(
    choice(["none", ...OWN_SETTINGS.augment.choices], OWN_SETTINGS.augment),
  ),
};

/** Values of these flags. */
export type DatasetValues = Values<typeof datasetFlags>;

/**
 * Returns the data set that the flags describe. The user's own data is
 * identified by its content.
 *
 * @throws {BadInput} if it cannot be used, or a flag does not apply to it
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
  const unused = Object.entries({ imageSize, fit, channels, augment })
    .find(([, value]) => value !== undefined);
  if (unused === undefined) return { dataset };
  throw new BadInput(
    `${flagName(unused[0])} applies only to a folder with your own data: ` +
      `images of ${dataset} are used unchanged`,
  );
}
