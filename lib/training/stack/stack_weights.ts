import { tf } from "../../engine/engine.ts";
import { asLogits, type Logits, type Points } from "../../matrix_kinds.ts";
import type { NetworkWeights, Widths } from "./initial_weights.ts";
import { queryStack } from "./stack.ts";

/** The parameters of networks as tensors of a stack; the caller owns them. */
export function stackWeights(
  networks: readonly NetworkWeights[],
  widths: Widths,
): tf.Tensor[] {
  return networks[0].map(({ length }, at) => {
    const layer = Math.floor(at / 2);
    const outputs = widths[layer + 1];
    const last = layer === widths.length - 2;
    const rows = at % 2 === 0 ? widths[layer] : 1;
    const all = new Float32Array(networks.length * length);
    networks.forEach((weights, i) => {
      const values = weights[at];
      all.set(last ? transposed(values, outputs) : values, i * length);
    });
    const shape = last ? [outputs, rows] as const : [rows, outputs] as const;
    return tf.tensor4d(all, [networks.length, 1, ...shape]);
  });
}

/** The parameters of each replica of a stack. */
export function unstackWeights(
  parameters: readonly tf.Tensor[],
): NetworkWeights[] {
  const [replicas] = parameters[0].shape;
  const all = parameters.map((value) => value.dataSync<"float32">());
  const last = parameters.length - 2;
  return Array.from(
    { length: replicas },
    (_, i) =>
      all.map((values, at) => {
        const length = values.length / replicas;
        const one = values.slice(i * length, (i + 1) * length);
        return at < last ? one : transposed(one, parameters[at].shape[3]!);
      }),
  );
}

/** The transpose of a matrix in row-major order. */
function transposed(values: Float32Array, columns: number): Float32Array {
  const rows = values.length / columns;
  return Float32Array.from(
    values,
    (_, at) => values[(at % rows) * columns + Math.floor(at / rows)],
  );
}

/** Limit of rows times networks per call, so that layers fit the cache. */
const MOST_ROWS = 4096;

/**
 * The logits of networks for the same points.
 *
 * @param points `[n, features]`
 * @returns logits `[n, classes]` of each network
 */
export function predictNetworks(
  networks: readonly NetworkWeights[],
  widths: Widths,
  points: Points<Float32Array>,
): Logits<Float32Array>[] {
  const { rows, columns: features } = points;
  const columns = widths[widths.length - 1];
  const most = Math.max(1, Math.floor(MOST_ROWS / rows));
  return chunks(networks, most).flatMap((group) => {
    const results = group.map(() => new Float32Array(rows * columns));
    const parameters = stackWeights(group, widths);
    for (let start = 0; start < rows; start += MOST_ROWS) {
      const end = Math.min(start + MOST_ROWS, rows);
      const part = points.data.subarray(start * features, end * features);
      const x = tf.tensor4d(part, [1, 1, end - start, features]);
      const logits = queryStack(parameters, x);
      x.dispose();
      const size = (end - start) * columns;
      results.forEach((result, i) =>
        result.set(logits.subarray(i * size, (i + 1) * size), start * columns)
      );
    }
    tf.dispose(parameters);
    return results.map((data) => asLogits({ data, rows, columns }));
  });
}

function chunks<Item>(items: readonly Item[], most: number): Item[][] {
  return Array.from(
    { length: Math.ceil(items.length / most) },
    (_, i) => items.slice(i * most, (i + 1) * most),
  );
}
