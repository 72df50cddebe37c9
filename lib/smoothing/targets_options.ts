import type { Logits } from "../matrix_kinds.ts";

/** The samples to build targets for. */
export interface TargetsOptions {
  /** `[n]`, each in [0, classes). */
  readonly labels: Int32Array;
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** The teacher, for the methods that need one. */
  readonly teacher?: {
    /** `[n, classes]`, finite or -Infinity; row i belongs to sample i. */
    readonly logits: Logits;
    /**
     * Temperature fitted to the teacher on validation data (1). Only the quadratic
     * amounts of `ils1`, `ilsq` and `ils-shrunk` depend on it.
     */
    readonly temperature?: number;
  };
}
