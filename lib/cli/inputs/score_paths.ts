import { BadInput } from "../../bad_input.ts";
import type { NamedPath, NamedPaths } from "../flags/path_lists.ts";
import { modelNames, stem } from "./model_names.ts";
import type { RowFiles } from "./row_set.ts";
import type { ScoreValues } from "./score_flags.ts";

/** The files that flags name, by the rows that they are for. */
export interface ScorePaths {
  /** Names of the models. */
  readonly names: readonly string[];
  readonly test: RowFiles;
  readonly validation: RowFiles | undefined;
  readonly also: readonly { readonly name: string; readonly files: RowFiles }[];
}

/**
 * The files that flags name, with one file of scores per model for each set of rows.
 *
 * @throws {BadInput} if a set lacks scores or labels, or the scores of a model
 */
export function scorePaths(
  { logits, labels, valLogits, valLabels, also = [] }: ScoreValues,
): ScorePaths {
  if (logits === undefined || labels === undefined) {
    throw new BadInput(
      logits !== undefined
        ? "--logits needs --labels Y.npy, the true classes of its rows"
        : labels !== undefined
        ? "--labels needs --logits L.npy, the scores of its rows"
        : "--run RUN, or both --logits L.npy and --labels Y.npy, must be given",
    );
  }
  if ((valLogits === undefined) !== (valLabels === undefined)) {
    throw new BadInput("--val-logits and --val-labels need each other");
  }
  const names = modelNames(logits, "--logits");
  const validation = valLogits === undefined || valLabels === undefined
    ? undefined
    : { logits: inOrderOf(names, valLogits), labels: valLabels };
  const twice = also.find(({ name }, i) =>
    also.findIndex((other) => other.name === name) < i
  );
  if (twice !== undefined) {
    throw new BadInput(`--also must not repeat a name: ${twice.name} is twice`);
  }
  return {
    names,
    test: { logits: logits.map(({ path }) => path), labels },
    validation,
    also: also.map((set) => ({
      name: set.name,
      files: otherFiles(set, names.length),
    })),
  };
}

/** The files of validation scores in the order of the models. */
function inOrderOf(
  names: readonly string[],
  files: readonly NamedPath[],
): string[] {
  if (files.length !== names.length) {
    throw new BadInput(
      `--val-logits must have a file for each model of --logits: it has ` +
        `${files.length}, not ${names.length}`,
    );
  }
  const unnamed = files.filter(({ name }) => name === undefined);
  if (unnamed.length === files.length) return inSameOrder(names, files);
  if (unnamed.length > 0) {
    throw new BadInput(
      "--val-logits must name all of its files or none, as NAME=FILE: " +
        `${unnamed[0].path} has no name`,
    );
  }
  return names.map((name) => {
    const found = files.find((file) => file.name === name);
    if (found !== undefined) return found.path;
    throw new BadInput(
      `--val-logits must name the models of --logits: ${name} is missing`,
    );
  });
}

/** The files without names, unless they are called like the models in another order. */
function inSameOrder(
  names: readonly string[],
  files: readonly NamedPath[],
): string[] {
  const paths = files.map(({ path }) => path);
  const stems = paths.map(stem);
  const isSame = stems.every((name, m) => name === names[m]);
  if (isSame || new Set(stems).symmetricDifference(new Set(names)).size > 0) {
    return paths;
  }
  throw new BadInput(
    "--val-logits must have the order of --logits, or names as NAME=FILE: its " +
      `files are called ${stems.join(", ")}, and those of --logits ` +
      names.join(", "),
  );
}

/** Scores of each model and labels; of one model, both may be in one file. */
function otherFiles({ name, paths }: NamedPaths, models: number): RowFiles {
  if (models === 1 && paths.length === 1) {
    return { logits: paths, labels: paths[0] };
  }
  if (paths.length === models + 1) {
    return { logits: paths.slice(0, -1), labels: paths[models] };
  }
  throw new BadInput(
    `--also ${name} must have ${models === 1 ? "" : `the ${models} models' `}` +
      `scores and the labels: it has ${paths.length} files`,
  );
}
