import { z } from "zod";
import { CALIBRATOR_NAMES } from "../../calibration/calibrators/calibrators.ts";
import { readJsonIfPresent } from "../../files/read_json.ts";
import { SCORES_SCHEMA } from "./embedded_scores_schema.ts";
import type { ExplorerData } from "./explorer_data.ts";

const SCHEMA = z.object({
  bins: z.int().positive(),
  n: z.int().positive(),
  models: z.array(z.object({
    name: z.string(),
    method: z.string().optional(),
    scores: SCORES_SCHEMA,
    fits: z.array(z.object({
      by: z.enum(CALIBRATOR_NAMES as [string, ...string[]]),
      title: z.string(),
      parameters: z.record(
        z.string(),
        z.union([z.number(), z.array(z.number())]),
      ),
    })),
  })).min(1),
});

/**
 * Reads what a notebook saved of `explorerData()`; undefined if it saved nothing.
 *
 * @throws {BadInput} if the file is damaged
 */
export async function readExplorerData(
  path: string,
): Promise<ExplorerData | undefined> {
  return await readJsonIfPresent(path, SCHEMA) as ExplorerData | undefined;
}
