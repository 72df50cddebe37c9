import { Session } from "../../lib/engine/graph.ts";
import type { FitContext } from "../../lib/training/fit_options.ts";

let milliseconds = 0;
const { run } = Session.prototype;
Session.prototype.run = function (...values: Parameters<Session["run"]>) {
  const start = performance.now();
  try {
    return run.apply(this, values);
  } finally {
    milliseconds += performance.now() - start;
  }
};

/**
 * Callbacks for `fit()` that measure which share of an epoch is not spent in
 * TensorFlow's graphs: shuffling, inputs, progress, and waiting for signals.
 *
 * @param images training images
 * @param onShare receives the share of each epoch, in [0, 1], without validation
 */
export function measureOutside(
  images: number,
  onShare: (share: number) => void,
): Pick<FitContext, "onStep" | "onEpoch"> {
  let start = milliseconds;
  let end = start;
  return {
    onStep: () => {
      end = milliseconds;
    },
    onEpoch: ({ imagesPerSecond }) => {
      onShare(1 - (end - start) * imagesPerSecond / (1000 * images));
      start = milliseconds;
    },
  };
}
