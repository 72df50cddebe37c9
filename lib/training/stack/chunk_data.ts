import { tf } from "../../engine/engine.ts";
import type { Replica, StackData } from "./types.ts";
import type { StackBatch, StackValidation } from "./stack.ts";

/** Tensors of a chunk: training points per replica, and shared validation data. */
export interface ChunkData extends StackBatch {
  readonly validation: Omit<StackValidation, "best">;
}

/** Copies the training points of each replica, and the validation data. */
export function chunkData(
  replicas: readonly Replica[],
  { points, validation }: StackData,
  classes: number,
): ChunkData {
  const n = replicas[0].rows.length;
  const { columns: features } = points;
  const x = new Float32Array(replicas.length * n * features);
  const targets = new Float32Array(replicas.length * n * classes);
  replicas.forEach(({ rows, targets: { data } }, r) => {
    rows.forEach((row, i) => {
      const point = points.data
        .subarray(row * features, (row + 1) * features);
      x.set(point, (r * n + i) * features);
      for (let c = 0; c < classes; c++) {
        targets[(r * classes + c) * n + i] = data[row * classes + c];
      }
    });
  });
  return {
    x: tf.tensor4d(x, [replicas.length, 1, n, features]),
    targets: tf.tensor4d(targets, [replicas.length, 1, classes, n]),
    validation: validationData(validation, classes),
  };
}

function validationData(
  { points: { data, rows, columns }, labels }: StackData["validation"],
  classes: number,
): ChunkData["validation"] {
  const oneHot = new Float32Array(classes * rows);
  labels.forEach((label, i) => oneHot[label * rows + i] = 1);
  return {
    x: tf.tensor4d(data, [1, 1, rows, columns]),
    targets: tf.tensor4d(oneHot, [1, 1, classes, rows]),
  };
}
