/** Flags of commands that train several runs at once. */
import { SCHEDULERS } from "../../cluster/snakemake.ts";
import { choice, optional, whole, withDefault } from "./flags.ts";

/** Help of the setting `threads` in such commands. */
export const THREADS_HELP = "number of TensorFlow's threads per run, on " +
  "which the last digits of the results depend";

/** The flag `--jobs`. */
export const jobsFlag = optional(
  whole(
    1,
    "number of runs that are trained at once (default: cores divided by " +
      "--threads; 1 on a GPU)",
  ),
);

/** The flag `--executor`. */
export const executorFlag = withDefault(
  "local",
  choice(["local", ...SCHEDULERS], {
    placeholder: "NAME",
    help: "where runs are trained: here, or as jobs of a cluster",
  }),
);
