import type { Logits } from "../matrix_kinds.ts";

/** The samples to make targets for. */
export interface TargetsOptions {
  /** `[n]`, each in [0, classes). */
  readonly labels: Int32Array;
  /** At least 2. */
  readonly classes: number;
  /** For the methods that need one. */
  readonly teacher?: {
    /** `[n, classes]`, by sample. */
    readonly logits: Logits;
    /**
     * The teacher's own temperature, fitted on validation (1): it makes the
     * amount of `ils1` and `ilsq`, and nothing else.
     */
    readonly temperature?: number;
  };
}
