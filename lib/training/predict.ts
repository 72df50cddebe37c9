import type { DeviceImages } from "../data/device_images.ts";
import { tf } from "../engine/engine.ts";
import { Program } from "../engine/program.ts";
import type { ProgramState } from "../engine/state.ts";
import type { LayersModel } from "../engine/tensor_types.ts";
import { asLogits, type Logits } from "../matrix_kinds.ts";
import { variablesOf } from "../models/variables_of.ts";

/**
 * A model's logits for all images, in evaluation mode and without augmentation.
 *
 * @param model maps images `[batch, height, width, channels]` to logits `[batch,
 * classes]`
 * @param options `batchSize`, the maximum number of images per pass (200); larger
 * batches exceed the CPU's cache (with 500, `shallownet` takes 1.6 times as long)
 * @returns `[n, classes]`, in the order of the images
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { deviceImages } from "@ils/label-smoothing/data";
 * import { buildModel, stream } from "@ils/label-smoothing/models";
 * import { predict } from "@ils/label-smoothing/training";
 * const size = { height: 1, width: 2, channels: 1 };
 * const bytes = Uint8Array.of(0, 255, 255, 0, 128, 128);
 * const images = deviceImages({ images: bytes, ...size, mean: [0.5], std: [0.5] });
 * const random = stream(1, "init");
 * const model = buildModel("mlp", { ...size, classes: 4, random });
 * const logits = predict(model, images);
 * strictEqual(logits.rows, 3);
 * strictEqual(logits.columns, 4);
 * images.dispose();
 * model.dispose();
 * ```
 */
export function predict(
  model: LayersModel,
  images: DeviceImages,
  options: { batchSize?: number } = {},
): Logits<Float32Array> {
  const evaluation = new Evaluation(model, images, options.batchSize);
  // A graph pays off from some ten batches on.
  const recorded = evaluation.batches < FEW_BATCHES ? { recorded: false } : {};
  const program = new Program(evaluation.tensors, recorded);
  try {
    return evaluation.logits(program.define(evaluation.run));
  } finally {
    program.dispose();
  }
}

const FEW_BATCHES = 10;

/** A batch of images, by index. */
type BatchInputs = { readonly rows: tf.Tensor1D };

/** The evaluation of a model on images, as a function that can be recorded. */
export class Evaluation {
  readonly #model: LayersModel;
  readonly #images: DeviceImages;
  readonly #batchSize: number;

  constructor(model: LayersModel, images: DeviceImages, batchSize = 200) {
    this.#model = model;
    this.#images = images;
    this.#batchSize = Math.min(batchSize, images.size);
  }

  /** Number of batches. */
  get batches(): number {
    return Math.ceil(this.#images.size / this.#batchSize);
  }

  /** All tensors that `run()` uses besides its inputs. */
  get tensors(): ProgramState[] {
    return [
      ...variablesOf(this.#model.weights).map((variable) => ({ variable })),
      ...this.#images.tensors.map((constant) => ({ constant })),
    ];
  }

  /** The logits of a batch. */
  readonly run = ({ rows }: BatchInputs): tf.Tensor => {
    const batch = this.#images.gather(rows);
    return this.#model.apply(batch, { training: false }) as tf.Tensor2D;
  };

  /** The inputs of the batch that starts at an image; the caller disposes them. */
  inputs(start: number): BatchInputs {
    const { size } = this.#images;
    // All batches have the same size; the rows that fill up the last one are unused.
    const rows = Int32Array.from(
      { length: this.#batchSize },
      (_, i) => start + i < size ? start + i : 0,
    );
    return { rows: tf.tensor1d(rows, "int32") };
  }

  /**
   * The logits of all images.
   *
   * @param run `this.run`, recorded or not
   */
  logits(run: (inputs: BatchInputs) => tf.Tensor): Logits<Float32Array> {
    const { size } = this.#images;
    const columns = this.#model.outputs[0].shape[1]!;
    const data = new Float32Array(size * columns);
    for (let start = 0; start < size; start += this.#batchSize) {
      tf.tidy(() => {
        const logits = run(this.inputs(start)).dataSync<"float32">();
        const used = Math.min(this.#batchSize, size - start) * columns;
        data.set(logits.subarray(0, used), start * columns);
      });
    }
    return asLogits({ data, rows: size, columns });
  }
}
