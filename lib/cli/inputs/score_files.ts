import { BadInput } from "../../bad_input.ts";
import { openOnce } from "../../files/arrays/open_once.ts";
import { inputRemarks } from "../../calibration/input_remarks.ts";
import type { NamedClasses } from "./class_order.ts";
import type {
  LoadedScores,
  LoadScoresOptions,
  ScoredModel,
} from "./loaded_scores.ts";
import {
  checkLabelled,
  readRowSet,
  type RowFiles,
  type RowSet,
} from "./row_set.ts";
import { trainingRowsRemark } from "./training_rows.ts";
import type { ScoreValues } from "./score_flags.ts";
import { scoreKind } from "./score_kind.ts";
import { type ScorePaths, scorePaths } from "./score_paths.ts";

/** Rows by what they are for. */
interface RowSets {
  readonly test: RowSet;
  readonly validation: RowSet | undefined;
  readonly also: readonly { readonly name: string; readonly rows: RowSet }[];
}

/** Reads models and labels from files; see `loadScores()`. */
export async function loadScoreFiles(
  values: ScoreValues,
  options: LoadScoresOptions = {},
): Promise<LoadedScores> {
  const paths = scorePaths(values);
  const sets = await readSets(values, paths);
  const { test, validation, also } = sets;
  const rowsOf = ({ logits, labels }: RowSet, m: number) => (
    { logits: logits[m], labels }
  );
  const models = paths.names.map((name, m): ScoredModel => ({
    name,
    logits: test.logits[m],
    validation: validation && rowsOf(validation, m),
    also: also.map(({ name, rows }) => ({ name, ...rowsOf(rows, m) })),
  }));
  const { labels, classNames, stored, kept } = test;
  const testRows = { stored, kept };
  const remarks = remarksOn(sets, models, options);
  remarks.push(...await remarksOnTraining(paths));
  return {
    ...{ models, labels, testRows, classNames, remarks },
    files: pathsOf(paths),
  };
}

async function readSets(
  values: ScoreValues,
  paths: ScorePaths,
): Promise<RowSets> {
  const options = {
    open: openOnce(),
    kind: scoreKind(values),
    classNames: values.classes,
    ignoreLabel: values.ignoreLabel,
  };
  let first: NamedClasses | undefined;
  const read = async (files: RowFiles) => {
    const rows = await readRowSet(files, { ...options, first });
    first = rows.named;
    rows.logits.forEach((logits, m) =>
      checkLabelled(logits, rows.labels, files.logits[m])
    );
    return rows;
  };
  const test = await read(paths.test);
  const readOther = async (files: RowFiles) => {
    const rows = await read(files);
    checkClasses(rows, files, { test, paths });
    return rows;
  };
  const validation = paths.validation && await readOther(paths.validation);
  const also: { readonly name: string; readonly rows: RowSet }[] = [];
  for (const { name, files } of paths.also) {
    also.push({ name, rows: await readOther(files) });
  }
  return { test, validation, also };
}

/** Remarks on reading and on the rows; a file that is read twice has them once. */
function remarksOn(
  { test, validation, also }: RowSets,
  models: readonly ScoredModel[],
  options: LoadScoresOptions,
): string[] {
  const onReading = [test, validation, ...also.map(({ rows }) => rows)]
    .flatMap((rows) => rows?.remarks ?? []);
  const onOthers = also.flatMap(({ name, rows: { logits, labels } }) =>
    inputRemarks(
      models.map((model, m) => ({ name: model.name, logits: logits[m] })),
      labels,
      { rows: name },
    )
  );
  const onRows = inputRemarks(models, test.labels, options);
  return [...new Set([...onReading, ...onRows, ...onOthers])];
}

/** Remarks on rows that the networks were trained on, where that is known. */
async function remarksOnTraining(
  { test, validation, also }: ScorePaths,
): Promise<string[]> {
  const fitted = validation?.logits ?? [];
  const measured = [test, ...also.map(({ files }) => files)]
    .flatMap(({ logits }) => logits);
  const found = [
    ...await Promise.all(
      fitted.map((p) => trainingRowsRemark(p, "validation")),
    ),
    ...await Promise.all(measured.map((p) => trainingRowsRemark(p, "test"))),
  ];
  return found.filter((remark) => remark !== undefined);
}

function checkClasses(
  rows: RowSet,
  { logits: [path] }: RowFiles,
  { test, paths }: { readonly test: RowSet; readonly paths: ScorePaths },
): void {
  const { columns } = rows.logits[0];
  const classes = test.logits[0].columns;
  if (columns === classes) return;
  throw new BadInput(
    `Cannot use ${path} with ${paths.test.logits[0]}: it has ${columns} ` +
      `classes, not ${classes}`,
  );
}

function pathsOf({ test, validation, also }: ScorePaths): string[] {
  return [test, validation, ...also.map(({ files }) => files)]
    .flatMap((files) =>
      files === undefined ? [] : [...files.logits, files.labels]
    );
}
