import { attribute, FLOAT } from "../engine/attributes.ts";
import { rawOp, tf } from "../engine/engine.ts";

const StockBatchNormalization = tf.layers.batchNormalization()
  .constructor as new (
    config: Parameters<typeof tf.layers.batchNormalization>[0],
  ) => tf.layers.Layer & Fields;

interface Fields {
  readonly epsilon: number;
  readonly momentum: number;
  readonly gamma: tf.LayerVariable;
  readonly beta: tf.LayerVariable;
  readonly movingMean: tf.LayerVariable;
  readonly movingVariance: tf.LayerVariable;
}

/**
 * Batch normalisation whose training step is one TensorFlow operation (Ioffe and
 * Szegedy 2015, algorithm 1). It saves and predicts as the stock layer.
 *
 * As in PyTorch, epsilon is 1e-5, each step keeps 0.9 of the running statistics,
 * and the running variance is unbiased.
 */
class FusedBatchNormalization extends StockBatchNormalization {
  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: Record<string, unknown>,
  ): tf.Tensor | tf.Tensor[] {
    if (!kwargs?.training) return super.call(inputs, kwargs);
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => {
      // The operation requires rank 4.
      const image = x.rank === 4
        ? x as tf.Tensor4D
        : tf.reshape<tf.Rank.R4>(x, [-1, 1, 1, x.shape[x.rank - 1]!]);
      const { y, mean, variance } = normalise(image, {
        scale: this.gamma.read(),
        offset: this.beta.read(),
        mean: this.movingMean.read(),
        variance: this.movingVariance.read(),
        epsilon: this.epsilon,
        momentum: this.momentum,
      });
      this.movingMean.write(mean);
      this.movingVariance.write(variance);
      mean.dispose();
      variance.dispose();
      return x.rank === 4 ? y : tf.reshape(y, x.shape);
    });
  }
}

/** A batch normalisation layer over the last axis. */
export function batchNormalization(name: string): tf.layers.Layer {
  return new FusedBatchNormalization({
    name,
    axis: -1,
    epsilon: 1e-5,
    momentum: 0.9,
  });
}

interface Statistics {
  readonly scale: tf.Tensor;
  readonly offset: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  readonly epsilon: number;
  readonly momentum: number;
}

function normalise(image: tf.Tensor4D, statistics: Statistics) {
  const { scale, offset, mean, variance, epsilon, momentum } = statistics;
  const attributes = [
    attribute.type("T", FLOAT),
    attribute.type("U", FLOAT),
    attribute.float("epsilon", epsilon),
    attribute.string("data_format", "NHWC"),
    attribute.bool("is_training", true),
  ];
  let updated: tf.Tensor[] = [];
  const operation = tf.customGrad((...args) => {
    const [x, gamma, beta] = args as tf.Tensor[];
    const save = args[3] as unknown as tf.GradSaveFunc;
    const outputs = rawOp(
      "FusedBatchNormV3",
      [
        ...attributes,
        attribute.float("exponential_avg_factor", 1 - momentum),
      ],
      [x, gamma, beta, mean, variance],
      6,
    );
    // Kept, because they are not part of the returned value.
    updated = [tf.keep(outputs[1]), tf.keep(outputs[2])];
    save([x, gamma, outputs[3], outputs[4], outputs[5]]);
    return {
      value: outputs[0],
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        rawOp("FusedBatchNormGradV3", attributes, [dy, ...saved], 5)
          .slice(0, 3),
    };
  });
  const y = operation(image, scale, offset);
  return { y, mean: updated[0], variance: updated[1] };
}
