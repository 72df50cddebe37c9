import { MODEL_NAMES, type ModelName } from "../../models/model_name.ts";
import { command } from "../command.ts";
import { optional, toggle, whole, withDefault } from "../flags/flags.ts";
import { OWN_SETTINGS } from "../../data/settings.ts";
import { modelKind } from "../flags/model_kind.ts";
import { settingKind } from "../flags/setting_flags.ts";

/** The cost of one architecture for images of a given size. */
interface ModelRecord {
  readonly name: ModelName;
  /** Number of trainable weights. */
  readonly parameters: number;
  /** Multiply-adds of the forward pass for one image. */
  readonly multiplyAdds: number;
  /** Images per step. */
  readonly batch: number;
  /** Estimated memory of a step in bytes, see `estimateStepMemory()`. */
  readonly stepBytes: number;
  /** Peak memory of a process in two steps, in bytes, with `--measure`. */
  readonly measuredBytes?: number;
}

const flags = {
  model: optional(modelKind("list only this architecture")),
  imageSize: withDefault(
    32,
    settingKind(
      { ...OWN_SETTINGS.imageSize, least: 16 },
      "width and height of the images in pixels",
    ),
  ),
  channels: withDefault(3, whole(1, "channels of the images")),
  classes: withDefault(10, whole(2, "number of classes")),
  batchSize: withDefault(32, whole(1, "images per step, for the memory")),
  measure: toggle("also train each for two steps and measure its memory"),
};

/** `ils models`: lists the architectures and their cost. */
export const models = command({
  flags,
  examples: [
    "models",
    "models --image-size 28 --channels 1 --json",
    "models --model resnet18 --batch-size 128 --measure",
  ],
  notes:
    `Multiply-adds are counted in the convolutions and dense layers of the forward
pass for one image. Memory is an estimate for training on a CPU by SGD with
momentum: 440 MB for the engine, seven times the weights, and for each image of
a batch three quarters of the float32 outputs of all layers. --measure trains
each architecture in its own process; the large ones take minutes and up to 6 GB.`,
  async run(values, { log }) {
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
      log(`${name}: training for two steps\n`);
      const network = { model: name, size, batch: batchSize };
      const measuredBytes = await measureStepMemory(network);
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
  const memory = `MB per step of ${batch}`;
  const heads = [
    ...["model", "parameters", "million multiply-adds", `${memory}, estimated`],
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
