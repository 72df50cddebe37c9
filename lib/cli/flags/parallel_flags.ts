/** Flags of commands that train several runs at once. */
import { optional, whole } from "./flags.ts";

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
