import { BadInput } from "../../../bad_input.ts";
import { takeRows } from "../../../matrix.ts";
import { asPoints, type Points } from "../../../matrix_kinds.ts";
import type { Context } from "../../command.ts";
import { dataReporter } from "../../terminal/data_reporter.ts";

/** Limit on classes, which bounds the size of a figure's legend. */
const MAX_CLASSES = 65_536;

/** The kinds of points that a run has. */
export const FEATURES = ["logits", "penultimate"] as const;

/** The flags that name the points. */
export interface SourceValues {
  readonly run: string | undefined;
  readonly features: typeof FEATURES[number] | undefined;
  readonly input: string | undefined;
  readonly labels: string | undefined;
  readonly ignoreLabel: number | undefined;
}

/** Points to embed, of which only the labels are known yet. */
export interface PointSource {
  /** Class of each point; undefined if all are one unnamed class. */
  readonly labels: Int32Array | undefined;
  readonly classNames: readonly string[] | undefined;
  /** What is worth knowing about the input, a sentence each. */
  readonly remarks: readonly string[];
  /** The kind of points of a run. */
  readonly features: typeof FEATURES[number] | undefined;
  /** Input files, which must not be overwritten. */
  readonly files: readonly (string | undefined)[];
  /** Returns the points in some rows, by default all. */
  readonly read: (rows: readonly number[] | undefined) => Promise<Points>;
}

/**
 * Opens the points of `--run` or `--input`.
 *
 * @throws {BadInput} if the flags contradict each other, or a file cannot be read
 */
export async function openPoints(
  { run, features, input, labels, ignoreLabel }: SourceValues,
  context: Context,
): Promise<PointSource> {
  if (run !== undefined && input !== undefined) {
    throw new BadInput("--run and --input exclude each other");
  }
  if (run !== undefined) {
    if (labels !== undefined || ignoreLabel !== undefined) {
      const unused = labels === undefined ? "--ignore-label" : "--labels";
      throw new BadInput(`--run has its own labels: leave out ${unused}`);
    }
    return await openRunPoints(run, features ?? "logits", context);
  }
  if (input === undefined) {
    throw new BadInput("--run RUN or --input X is required");
  }
  if (features !== undefined) {
    throw new BadInput(
      "--features needs --run: a file has only the points in it, but no " +
        "network that could compute others",
    );
  }
  if (ignoreLabel !== undefined && labels === undefined) {
    throw new BadInput("--ignore-label needs --labels Y with --input");
  }
  return await openFiles(input, labels, ignoreLabel);
}

async function openRunPoints(
  name: string,
  features: typeof FEATURES[number],
  context: Context,
): Promise<PointSource> {
  const { findRun } = await import("../../../runs/open.ts");
  const { readRunLabels, readRunLogits, runFiles } = await import(
    "../../../runs/store.ts"
  );
  const run = await findRun(name);
  const readLogits = async (rows?: readonly number[]) =>
    someOf(asPoints(await readRunLogits(run, "test")), rows);
  const computeFeatures = async (rows?: readonly number[]) => {
    const { penultimateFeatures } = await import("../../../runs/features.ts");
    const report = dataReporter(context);
    return await penultimateFeatures(run, "test", { rows, report });
  };
  return {
    labels: await readRunLabels(run, "test"),
    classNames: run.record.classNames,
    remarks: [],
    features,
    files: runFiles(run),
    read: features === "logits" ? readLogits : computeFeatures,
  };
}

async function openFiles(
  input: string,
  labelsPath: string | undefined,
  ignoreLabel: number | undefined,
): Promise<PointSource> {
  const { readPointFiles } = await import("../../inputs/point_files.ts");
  const { points, labels, classNames, remarks } = await readPointFiles({
    input,
    labels: labelsPath,
    classes: MAX_CLASSES,
    ignoreLabel,
  });
  return {
    labels,
    classNames,
    remarks,
    features: undefined,
    files: [input, labelsPath],
    read: (rows) => Promise.resolve(someOf(points, rows)),
  };
}

function someOf(points: Points, rows: readonly number[] | undefined): Points {
  return rows === undefined ? points : takeRows(points, rows);
}
