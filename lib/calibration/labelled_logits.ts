import type { Logits } from "../matrix_kinds.ts";

/** Logits and labels of the same rows. */
export interface LabelledLogits {
  /** `[n, classes]`, finite or -Infinity. */
  readonly logits: Logits;
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
}
