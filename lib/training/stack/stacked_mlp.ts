import { tf } from "../../engine.ts";
import {
  addToRows,
  crossEntropyGradients,
  product,
  relu,
  reluGradient,
  sumRows,
} from "./batched_ops.ts";

/**
 * The parameters of a stack of fully connected networks, layer by layer:
 * weights `[replicas, in, out]`, then biases `[replicas, 1, out]`.
 */
export type StackParameters = readonly tf.Tensor[];

/** What each layer is given, and what the last one gives. */
interface Pass {
  /** The input, then the output of each hidden layer. */
  readonly inputs: readonly tf.Tensor[];
  readonly logits: tf.Tensor;
}

function forward(x: tf.Tensor, parameters: StackParameters): Pass {
  const inputs = [x];
  const layers = parameters.length / 2;
  for (let layer = 0; layer < layers; layer++) {
    const product_ = product(inputs[layer], parameters[2 * layer]);
    const sum = addToRows(product_, parameters[2 * layer + 1]);
    product_.dispose();
    if (layer === layers - 1) return { inputs, logits: sum };
    inputs.push(relu(sum));
    sum.dispose();
  }
  throw new RangeError("A network has at least one layer");
}

/**
 * The logits of every replica: ReLU after each layer but the last.
 *
 * @param x `[replicas, n, in]`
 * @returns `[replicas, n, classes]`
 */
export function stackLogits(
  x: tf.Tensor,
  parameters: StackParameters,
): tf.Tensor {
  return tf.tidy(() => forward(x, parameters).logits);
}

/**
 * Gradients of each replica's mean cross-entropy over its rows.
 *
 * @param x `[replicas, n, in]`
 * @param targets `[replicas, n, classes]`, rows that sum to 1
 * @returns in the order and shapes of the parameters
 */
export function stackGradients(
  { x, targets }: { readonly x: tf.Tensor; readonly targets: tf.Tensor },
  parameters: StackParameters,
): tf.Tensor[] {
  return tf.tidy(() => {
    const { inputs, logits } = forward(x, parameters);
    const results: tf.Tensor[] = [];
    let gradient = crossEntropyGradients(logits, targets);
    for (let layer = inputs.length - 1; layer >= 0; layer--) {
      const input = inputs[layer];
      results.unshift(
        product(input, gradient, "leftTransposed"),
        sumRows(gradient),
      );
      if (layer === 0) break;
      const behind = product(
        gradient,
        parameters[2 * layer],
        "rightTransposed",
      );
      gradient.dispose();
      gradient = reluGradient(behind, input);
      tf.dispose([behind, input]);
    }
    return results;
  });
}
