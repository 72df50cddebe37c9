import { type Random, stream } from "../../random.ts";

/** Layers of a fully connected network: inputs, hidden units, classes. */
export type Widths = readonly number[];

/** A network's parameters: a layer's weights `[in, out]`, then its biases. */
export type NetworkWeights = readonly Float32Array[];

/** Where a network's random numbers come from. */
export interface ReplicaStreams {
  readonly seed: number;
  /** Tells the network from others of that seed. */
  readonly name: string;
}

/** The stream of one purpose of a network. */
export function replicaStream(
  { seed, name }: ReplicaStreams,
  purpose: string,
): Random {
  return stream(seed, `${name}/${purpose}`);
}

/**
 * First parameters as PyTorch's `nn.Linear` draws them: weights and biases
 * uniform in `±1 / sqrt(in)`.
 *
 * @param widths at least two, whole numbers of at least 1
 */
export function initialWeights(
  widths: Widths,
  streams: ReplicaStreams,
): NetworkWeights {
  const random = replicaStream(streams, "init");
  return widths.slice(1).flatMap((outputs, layer) => {
    const inputs = widths[layer];
    const bound = 1 / Math.sqrt(inputs);
    return [inputs * outputs, outputs].map((length) => {
      // A loop: `from` takes twice as long, and there are millions to draw.
      const values = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        values[i] = bound * (2 * random.uniform() - 1);
      }
      return values;
    });
  });
}
