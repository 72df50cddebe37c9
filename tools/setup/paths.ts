import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

export const NODE_MODULES = join(ROOT, "node_modules");
export const VENV = join(ROOT, ".venv");
export const VENV_PYTHON = join(VENV, "bin", "python");
/** The environment of Snakemake, which only a cluster needs. */
export const CLUSTER_VENV = join(ROOT, ".venv-cluster");
/** Folder of the unpacked wheels of TensorFlow and NVIDIA. */
export const TENSORFLOW = join(VENV, "tensorflow");

/** The npm package that contains the source of the engine's binding. */
export const ENGINE_PACKAGE = join(
  NODE_MODULES,
  "@tensorflow",
  "tfjs-node-gpu",
);
