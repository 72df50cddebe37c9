import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

export const NODE_MODULES = join(ROOT, "node_modules");
export const VENV = join(ROOT, ".venv");
export const VENV_PYTHON = join(VENV, "bin", "python");
/** Holds TensorFlow's wheel, unpacked, and NVIDIA's beside it. */
export const TENSORFLOW = join(VENV, "tensorflow");

/** The npm package that holds the engine's binding, as source. */
export const ENGINE_PACKAGE = join(
  NODE_MODULES,
  "@tensorflow",
  "tfjs-node-gpu",
);
