import { tf } from "../../engine.ts";
import type { Matrix } from "../../matrix.ts";
import { gatherRows } from "./batched_ops.ts";
import type { Replica, StackData } from "./fit_stack.ts";

/** What a chunk computes from, replicas first. */
export interface ChunkData {
  readonly x: tf.Tensor;
  readonly targets: tf.Tensor;
  readonly validationX: tf.Tensor;
  readonly validationTargets: tf.Tensor;
}

/** A copy of its own for each replica: the points that it is trained on first. */
export function chunkData(
  replicas: readonly Replica[],
  { points, validation }: StackData,
  classes: number,
): ChunkData {
  const count = replicas.length;
  const [x, targets, validationX, validationTargets] = tf.tidy(() => {
    const rows = tf.tensor2d(
      replicas.map((replica) => Array.from(replica.rows)),
      undefined,
      "int32",
    );
    const labels = tf.tensor1d(validation.labels, "int32");
    const all = replicas.map(({ targets: { data, rows, columns } }) =>
      tf.tensor2d(data, [rows, columns])
    );
    return [
      gatherRows(repeat(pointsTensor(points), count), rows),
      gatherRows(tf.stack(all), rows),
      repeat(pointsTensor(validation.points), count),
      repeat(tf.oneHot(labels, classes).toFloat(), count),
    ];
  });
  return { x, targets, validationX, validationTargets };
}

function pointsTensor({ data, rows, columns }: Matrix<Float32Array>) {
  return tf.tensor2d(data, [rows, columns]);
}

/** The same for every replica, `[n, m]` as `[replicas, n, m]`. */
function repeat(x: tf.Tensor, replicas: number): tf.Tensor {
  return tf.tile(tf.expandDims(x, 0), [replicas, 1, 1]);
}
