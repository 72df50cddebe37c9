/** Flags of commands that train several runs at once. */

/** Help of the setting `threads` in such commands. */
export const THREADS_HELP = "number of TensorFlow's threads per run, on " +
  "which the last digits of the results depend";
