import { MODEL_NAMES, type ModelName } from "../../models/model_name.ts";
import { command } from "../command.ts";
import { byDefault, optional, toggle, whole } from "../flags/flags.ts";
import { modelKind } from "../flags/model_kind.ts";

/** One architecture, for the size of images that was asked about. */
interface ModelRecord {
  readonly name: ModelName;
  /** Trainable weights. */
  readonly parameters: number;
  /** Of one forward pass of one image. */
  readonly multiplyAdds: number;
  /** Images a step. */
  readonly batch: number;
  /** Estimated, see `estimateStepMemory`. */
  readonly stepBytes: number;
  /** The most that a process held in two steps, with `--measure`. */
  readonly measuredBytes?: number;
}

const flags = {
  model: optional(
    modelKind("only this architecture"),
  ),
  imageSize: byDefault(32, whole(16, "height and width of the images")),
  channels: byDefault(3, whole(1, "channels of the images")),
  classes: byDefault(10, whole(2, "number of classes")),
  batchSize: byDefault(32, whole(1, "images per step, for the memory")),
  measure: toggle("also train each for two steps and measure its memory"),
};

/** `ils models`: the architectures, and what they cost. */
export const models = command({
  flags,
  examples: [
    "models",
    "models --image-size 28 --channels 1 --json",
    "models --model resnet18 --batch-size 128 --measure",
  ],
  notes:
    `Multiply-adds are those of one forward pass of one image, in convolutions
and dense layers. Memory is an estimate for a process that trains on a CPU, with
SGD and momentum: 400 MB for the engine, three times the weights, and per image
of a batch twice the float32 outputs of all layers. --measure trains each
architecture in its own process; the large ones take minutes and up to 10 GB.`,
  async run(values, { say }) {
    const { imageSize, channels, classes, batchSize, measure } = values;
    const size = { height: imageSize, width: imageSize, channels, classes };
    const names = values.model === undefined ? MODEL_NAMES : [values.model];
    const records: ModelRecord[] = [];
    for (const name of names) {
      const record = await describe(name, size, batchSize);
      if (!measure) {
        records.push(record);
        continue;
      }
      const { measureStepMemory } = await import(
        "../../cost/measure_step_memory.ts"
      );
      say(`${name}: training for two steps\n`);
      const question = { model: name, size, batch: batchSize };
      const measuredBytes = await measureStepMemory(question);
      records.push({ ...record, measuredBytes });
    }
    return { json: records, text: tableOf(records) };
  },
});

async function describe(
  name: ModelName,
  size: { height: number; width: number; channels: number; classes: number },
  batch: number,
): Promise<ModelRecord> {
  const { architectureCost } = await import("../../cost/network_cost.ts");
  const { weights: _, ...cost } = architectureCost(name, size, batch);
  return { name, ...cost };
}

function tableOf(records: readonly ModelRecord[]): string {
  const [{ batch, measuredBytes }] = records;
  const measured = measuredBytes !== undefined;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
  const rows = records.map((record) => [
    record.name,
    record.parameters.toLocaleString("en"),
    (record.multiplyAdds / 1e6).toFixed(1),
    megabytes(record.stepBytes),
    ...(measured ? [megabytes(record.measuredBytes!)] : []),
  ]);
  const memory = `MB a step of ${batch}`;
  const heads = [
    ...["model", "parameters", "million multiply-adds", `${memory}, about`],
    ...(measured ? [`${memory}, measured`] : []),
  ];
  const widths = heads.map((head, c) =>
    Math.max(head.length, ...rows.map((row) => row[c].length))
  );
  return [heads, ...rows].map((row) =>
    row.map((cell, c) =>
      c === 0 ? cell.padEnd(widths[c]) : cell.padStart(widths[c])
    ).join("  ") + "\n"
  ).join("");
}
