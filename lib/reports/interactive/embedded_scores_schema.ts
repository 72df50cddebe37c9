import { z } from "zod";

/** Form of `EmbeddedScores` in a file. */
export const SCORES_SCHEMA = z.object({
  rows: z.int().positive(),
  classes: z.int().positive(),
  range: z.number().nonnegative(),
  logits: z.base64(),
  labels: z.base64(),
});
