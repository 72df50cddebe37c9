import { sha256 } from "../../lib/files/sha256.ts";
import type { tf } from "../../lib/engine/engine.ts";

/** A digest of each weight's bytes, running statistics included. */
export function weightsOf(model: tf.LayersModel): string[] {
  return model.getWeights().map((weight) =>
    sha256(weight.dataSync() as Float32Array)
  );
}
