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
    x: tf.tensor3d(x, [replicas.length, n, features]),
    targets: tf.tensor3d(targets, [replicas.length, classes, n]),
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
    x: tf.tensor3d(data, [1, rows, columns]),
    targets: tf.tensor3d(oneHot, [1, classes, rows]),
  };
}
