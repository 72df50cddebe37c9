import { locateDataset, type LocatedDataset } from "../../data/dataset.ts";
import {
  type DatasetDescription,
  describeDataset,
  samplesOfClasses,
} from "../../data/describe.ts";
import type { Dataset } from "../../data/image_set.ts";
import { loadOwn, type OwnData } from "../../data/own/load.ts";
import type { Report } from "../../data/report.ts";
import { writeFileAtomic } from "../../files/write_file_atomic.ts";
import { command } from "../command.ts";
import { datasetFlags, datasetOf } from "../flags/dataset_flags.ts";
import { optional } from "../flags/flags.ts";
import { checkOutside, outputFile } from "../flags/output_flags.ts";
import { dataReporter } from "../terminal/data_reporter.ts";

/** Samples per class in the figure. */
const SAMPLES = 10;

/** Up to this many channels, the statistics of each are printed. */
const FEW_CHANNELS = 4;

/** `ils data`: downloads, verifies and describes a data set. */
export const data = command({
  flags: {
    ...datasetFlags,
    figure: optional(
      outputFile(
        "F.svg",
        "also draw the first images of each class, one row per class",
        ".svg",
      ),
    ),
  },
  first: "dataset",
  examples: [
    "data fashionmnist",
    "data --dataset cifar10 --figure cifar10.svg",
    "data --dataset excerpt --json",
  ],
  notes:
    `Data sets are looked up in the folder named by ILS_DATA_DIR, then in the
project's data/, and downloaded from their publisher if found in neither. An
interrupted download resumes where it stopped.`,
  async run(values, context) {
    const { figure } = values;
    const { dataset, own } = datasetOf(values);
    if (figure !== undefined) checkOutside("--figure", figure, own?.folder);
    const report = dataReporter(context);
    const located = own === undefined
      ? await locateDataset(dataset, { report })
      : await locateOwn(own, report);
    if (figure !== undefined) await draw(located.dataset, figure);
    const json = {
      ...describeDataset(located),
      ...(own === undefined ? {} : { sha256: own.sha256 }),
      ...(figure === undefined ? {} : { figure }),
    };
    return { json, text: describe(json) };
  },
});

async function locateOwn(
  own: OwnData,
  report: Report,
): Promise<LocatedDataset> {
  const dataset = await loadOwn(own, report);
  return { dataset, folder: own.folder, files: [] };
}

async function draw(dataset: Dataset, path: string): Promise<void> {
  const samples = samplesOfClasses(dataset, SAMPLES);
  const { imageGrid } = await import("../../plots/image_grid.ts");
  const { svg } = imageGrid(samples, {
    title: `${dataset.title}: the first training images of each class`,
    columns: SAMPLES,
  });
  await writeFileAtomic(path, svg);
}

function describe(description: DatasetDescription): string {
  const { title, folder, shape, train, test, classes, files, sha256 } =
    description;
  const width = Math.max(...classes.map(({ name }) => name.length)) + 2;
  const samples = shape.length === 1
    ? `vectors of ${shape[0]} features`
    : `images of ${shape.join(" x ")}`;
  return [
    `${title}, in ${folder}`,
    `${train} training and ${test} test ${samples}`,
    statisticsLine(description),
    "",
    ...classes.map(({ label, name, train, test }) =>
      `${String(label).padStart(3)}  ${name.padEnd(width)}` +
      `${String(train).padStart(7)}${String(test).padStart(7)}`
    ),
    "",
    ...files.map(({ name, sha256 }) => `${sha256}  ${name}`),
    ...(sha256 === undefined ? [] : [`${sha256}  all files`]),
  ].map((line) => `${line}\n`).join("");
}

function statisticsLine({ mean, std, unit }: DatasetDescription): string {
  const list = (numbers: readonly number[]) =>
    numbers.map((x) => x.toFixed(4)).join(", ");
  const values = unit === 1 ? "values" : `pixels / ${unit}`;
  if (mean.length <= FEW_CHANNELS) {
    return `${values}: mean ${list(mean)}, standard deviation ${list(std)}`;
  }
  const range = (numbers: readonly number[]) =>
    [Math.min, Math.max].map((end) =>
      numbers.reduce((a, b) => end(a, b)).toFixed(4)
    ).join(" to ");
  return `${values}: means ${range(mean)}, standard deviations ${range(std)}`;
}
