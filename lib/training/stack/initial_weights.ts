import { type Random, stream } from "../../random.ts";

/** Widths of a fully connected network: inputs, hidden layers, classes. */
export type Widths = readonly number[];

/** The parameters of a network: for each layer weights `[in, out]`, then biases. */
export type NetworkWeights = readonly Float32Array[];

/** Identifies the random streams of a network. */
export interface ReplicaStreams {
  /** Seed of the streams. */
  readonly seed: number;
  /** Distinguishes networks with the same seed. */
  readonly name: string;
}

/** A network's random stream for one purpose, such as `init`. */
export function replicaStream(
  { seed, name }: ReplicaStreams,
  purpose: string,
): Random {
  return stream(seed, `${name}/${purpose}`);
}

/**
 * Initial parameters, distributed as in PyTorch's `nn.Linear`: weights and biases
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
      // A loop, as `from` takes twice as long and there are millions of values.
      const values = new Float32Array(length);
      for (let i = 0; i < length; i++) {
        values[i] = bound * (2 * random.uniform() - 1);
      }
      return values;
    });
  });
}
