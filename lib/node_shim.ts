/**
 * What `@tensorflow/tfjs-node-gpu` 4.22.0 needs before it is first loaded: two
 * functions that Node 23 and Deno removed from `node:util`, and a quiet
 * TensorFlow. Imported by `engine.ts` ahead of the engine.
 */
import util from "node:util";

const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined ??= (value: unknown) => value == null;
legacy.isArray ??= Array.isArray;

if (!Deno.env.has("TF_CPP_MIN_LOG_LEVEL")) {
  Deno.env.set("TF_CPP_MIN_LOG_LEVEL", "2");
}
