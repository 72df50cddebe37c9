import { createHash } from "node:crypto";
import type { tf } from "../../lib/engine/engine.ts";

/** A digest of each weight's bytes, running statistics included. */
export function weightsOf(model: tf.LayersModel): string[] {
  return model.getWeights().map((weight) =>
    createHash("sha256").update(weight.dataSync() as Float32Array).digest("hex")
  );
}
