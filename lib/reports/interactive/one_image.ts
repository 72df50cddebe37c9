import { z } from "zod";
import { readJsonIfPresent } from "../../files/read_json.ts";

/** One training image that a reader smooths: its classes and the teacher's logits. */
export interface OneImage {
  readonly classNames: readonly string[];
  /** Index of the true class. */
  readonly label: number;
  /** `[classes]`. */
  readonly logits: readonly number[];
}

const ROWS = z.array(
  z.object({ class: z.string(), logit: z.number(), ce: z.number() }),
).min(2);

/**
 * Reads the table with a teacher's logits of one image and its hard label, `ce`;
 * undefined if it does not exist.
 *
 * @throws {BadInput} if it is damaged
 */
export async function readOneImage(
  path: string,
): Promise<OneImage | undefined> {
  const rows = await readJsonIfPresent(path, ROWS);
  return rows && {
    classNames: rows.map((row) => row.class),
    label: rows.findIndex(({ ce }) => ce === 1),
    logits: rows.map(({ logit }) => logit),
  };
}
