import { join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { tf } from "../engine/engine.ts";
import { buildModel } from "../models/build.ts";
import { bytesOf, type ModelFiles, readRunModel } from "./model_files.ts";
import type { StoredRun } from "./store.ts";

/**
 * Opens the network of a finished run, with the layers that trained it, so that
 * its logits are those in the run's folder. The caller disposes it.
 *
 * @throws {BadInput} if its files are missing or damaged, or contain another
 * architecture
 */
export async function openStoredModel(
  run: StoredRun,
): Promise<tf.LayersModel> {
  const { folder, record: { spec, classNames } } = run;
  const files = await readRunModel(run);
  const [, height, width, channels] = files.input;
  const size = { height, width, channels, classes: classNames.length };
  const model = buildModel(spec.model, { ...size, random: null });
  try {
    setWeights(model, files, `${join(folder, "model")} as ${spec.model}`);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function setWeights(
  model: tf.LayersModel,
  { weights, bytes }: ModelFiles,
  folderAndModel: string,
): void {
  const stored = new Map<string, { shape: number[]; data: Float32Array }>();
  let start = bytes.byteOffset;
  for (const { name, shape } of weights) {
    const length = bytesOf({ shape }) / Float32Array.BYTES_PER_ELEMENT;
    const data = new Float32Array(bytes.buffer, start, length);
    stored.set(name, { shape: [...shape], data });
    start += data.byteLength;
  }
  const values = ({ originalName, shape }: tf.LayerVariable) => {
    const found = stored.get(originalName);
    if (String(found?.shape) === String(shape)) return found!;
    throw new BadInput(
      `Cannot open the network in ${folderAndModel}: its weight ` +
        `${originalName} must have shape [${shape.join(", ")}], but ` +
        (found ? `has [${found.shape.join(", ")}]` : "is missing"),
    );
  };
  for (const layer of model.layers) {
    tf.tidy(() => {
      const tensors = layer.weights.map((weight) => {
        const { data, shape } = values(weight);
        return tf.tensor(data, shape);
      });
      layer.setWeights(tensors);
    });
  }
}
