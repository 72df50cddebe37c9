/**
 * Loads `@tensorflow/tfjs-node-gpu` 4.22.0 under Deno; `engine.ts` imports it
 * ahead of the engine itself.
 */
import util from "node:util";

// Two functions that the package calls and that Node 23 and Deno removed.
const legacy = util as unknown as Record<string, unknown>;
legacy.isNullOrUndefined ??= (value: unknown) => value == null;
legacy.isArray ??= Array.isArray;

const STANDARD_ERROR = 2;

/** Settings that TensorFlow reads once, when its library is loaded. */
const SETTINGS = {
  TF_CPP_MIN_LOG_LEVEL: "2",
  // oneDNN's kernels, which the C library leaves off, make a training step of
  // the small networks 1.2 to 2 times as fast.
  TF_ENABLE_ONEDNN_OPTS: "1",
  // Take of a GPU's memory what is needed, so that others can use it as well.
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
};

const chosen = Object.entries(SETTINGS)
  .some(([name, value]) => (Deno.env.get(name) ?? value) !== value);
for (const [name, value] of Object.entries(SETTINGS)) {
  if (!Deno.env.has(name)) Deno.env.set(name, value);
}

// While it loads, the library says on standard error that oneDNN is on, at any
// log level. Whoever sets one of the variables to something else sees it.
const restore = chosen ? () => {} : muteStandardError();
try {
  await import("@tensorflow/tfjs-node-gpu");
} finally {
  restore();
}

/** Points standard error nowhere; the result points it back. */
function muteStandardError(): () => void {
  if (Deno.build.os !== "linux") return () => {};
  const libc = Deno.dlopen("libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    open: { parameters: ["buffer", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
  });
  const { dup, dup2, open, close } = libc.symbols;
  const writeOnly = 1;
  const kept = dup(STANDARD_ERROR);
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), writeOnly);
  dup2(nowhere, STANDARD_ERROR);
  close(nowhere);
  return () => {
    dup2(kept, STANDARD_ERROR);
    close(kept);
    libc.close();
  };
}
