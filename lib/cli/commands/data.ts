import { DATASET_NAMES } from "../../data/dataset.ts";
import type { DatasetDescription } from "../../data/describe.ts";
import type { Report } from "../../data/report.ts";
import { command, type Context } from "../command.ts";
import { choice, required } from "../flags.ts";

/** `ils data`: fetches, checks and describes a data set. */
export const data = command({
  summary: "fetch a data set where it is missing, check it and describe it",
  flags: {
    dataset: required(
      choice(DATASET_NAMES, { placeholder: "D", help: "which one" }),
    ),
  },
  examples: ["data --dataset fashionmnist", "data --dataset excerpt --json"],
  async run({ dataset }, context) {
    const { describeDataset } = await import("../../data/describe.ts");
    const json = await describeDataset(dataset, { report: reportTo(context) });
    return { json, text: describe(json) };
  },
});

/** Percentages are shown only where the next one can stand in their place. */
function reportTo({ say, terminal }: Context): Report {
  const erase = terminal ? "\r\x1b[K" : "";
  return (line, passing) => {
    if (passing === undefined) say(`${erase}${line}\n`);
    else if (terminal) say(`${erase}${line}`);
  };
}

function describe(description: DatasetDescription): string {
  const { title, folder, shape, train, test, classes, mean, std, files } =
    description;
  const list = (numbers: readonly number[]) =>
    numbers.map((x) => x.toFixed(4)).join(", ");
  const wide = Math.max(...classes.map(({ name }) => name.length)) + 2;
  return [
    `${title}, in ${folder}`,
    `${train} training and ${test} test images of ${shape.join(" x ")}`,
    `pixels / 255: mean ${list(mean)}, standard deviation ${list(std)}`,
    "",
    ...classes.map(({ label, name, train, test }) =>
      `${String(label).padStart(3)}  ${name.padEnd(wide)}` +
      `${String(train).padStart(7)}${String(test).padStart(7)}`
    ),
    "",
    ...files.map(({ name, sha256 }) => `${sha256}  ${name}`),
  ].map((line) => `${line}\n`).join("");
}
