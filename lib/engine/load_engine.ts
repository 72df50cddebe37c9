/**
 * Prepares Deno for `@tensorflow/tfjs-node-gpu` 4.22.0 and loads it; `engine.ts`
 * imports this module first.
 */
import { createRequire } from "node:module";
import util from "node:util";
import { muted } from "./muted.ts";

// The package calls two functions that Node 23 and Deno have removed.
const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined ??= (value: unknown) => value == null;
legacy.isArray ??= Array.isArray;

/** Settings that TensorFlow reads when its library is loaded. */
const SETTINGS = {
  TF_CPP_MIN_LOG_LEVEL: "2",
  // oneDNN's kernels are off by default in the C library. They make a training step
  // of the small networks 1.2 to 2 times as fast.
  TF_ENABLE_ONEDNN_OPTS: "1",
  // Allocate GPU memory as needed, so that other processes can use the rest.
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
};

const chosen = Object.entries(SETTINGS)
  .some(([name, value]) => (Deno.env.get(name) ?? value) !== value);
for (const [name, value] of Object.entries(SETTINGS)) {
  if (!Deno.env.has(name)) Deno.env.set(name, value);
}

// While loading, the library reports on standard error that oneDNN is on, at any log
// level. The message is shown only if the user has changed one of the settings.
// Not by import(): a failed one would be reported before standard error is back.
const load = () => createRequire(import.meta.url)("@tensorflow/tfjs-node-gpu");
if (chosen) load();
else muted(load);
