import { z } from "zod";
import { readJsonIfPresent } from "../../files/read_json.ts";
import { SCORES_SCHEMA } from "./embedded_scores_schema.ts";
import type { ImageRows } from "./image_rows.ts";

const SCHEMA = z.object({
  classNames: z.array(z.string()).min(2),
  numbers: z.array(z.int().nonnegative()).min(1),
  images: z.object({
    rows: z.int().positive(),
    width: z.int().positive(),
    height: z.int().positive(),
    columns: z.int().positive(),
    png: z.base64(),
  }),
  models: z.array(z.object({
    name: z.string(),
    scores: SCORES_SCHEMA,
    embedding: z.array(z.tuple([z.number(), z.number()])).min(1).optional(),
  })).min(1),
});

/**
 * Reads what a notebook saved of `imageRows()`; undefined if it saved nothing.
 *
 * @throws {BadInput} if the file is damaged
 */
export function readImageRows(path: string): Promise<ImageRows | undefined> {
  return readJsonIfPresent(path, SCHEMA);
}
