import { BadInput } from "../../../bad_input.ts";
import type { Logits } from "../../../matrix_kinds.ts";

/**
 * Throws if a logit is -Infinity, for calibrators that mix the classes.
 *
 * @param doing start of the message, such as "Cannot fit matrix scaling"
 * @throws {BadInput} naming the first row
 */
export function checkFinite(
  doing: string,
  { data, columns }: Logits,
): void {
  const at = data.indexOf(-Infinity);
  if (at < 0) return;
  throw new BadInput(
    `${doing} as it mixes the classes, so no logit may be -Infinity: row ` +
      `${Math.floor(at / columns)} (from 0) has one`,
  );
}
