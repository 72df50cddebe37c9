import {
  type CalibratorName,
  CALIBRATORS,
} from "../../calibration/calibrators/calibrators.ts";
import type { Logits } from "../../matrix_kinds.ts";
import { methodTitle } from "../../plots/parts/theme.ts";
import { embedModels } from "./embed_models.ts";
import type { EmbeddedScores } from "./embedded_scores.ts";
import type { EmbeddedFit } from "./measure.ts";

/** A model whose reliability a reader explores. */
export interface ExplorerModel {
  readonly name: string;
  /** A method with a fixed colour, if it is one. */
  readonly method?: string | undefined;
  readonly scores: EmbeddedScores;
  /** Calibrators; those of all models have the same order. */
  readonly fits: readonly (EmbeddedFit & { readonly title: string })[];
}

/** All that the explorer of a page needs. */
export interface ExplorerData {
  /** Number of bins at first. */
  readonly bins: number;
  /** Number of rows, of which `scores` may have a sample. */
  readonly n: number;
  readonly models: readonly ExplorerModel[];
}

/** A network whose scores a page of the study embeds. */
export interface ExploredNetwork {
  readonly method: string;
  readonly logits: Logits;
  readonly labels: Int32Array;
  /** Fitted to validation rows. */
  readonly temperature: number;
}

/** Logits in the page of a study, which is committed. */
const MOST_SCORES = 160_000;

const TEMPERATURE: CalibratorName = "temperature";

/**
 * The networks of one seed as an index page embeds them, with their fitted temperatures:
 * all rows, or the same random sample of them for all networks.
 *
 * @param networks at least one, all on the same rows
 * @param options number of bins at first, and the seed of the sample
 */
export async function explorerData(
  networks: readonly ExploredNetwork[],
  { bins, seed }: { readonly bins: number; readonly seed: number },
): Promise<ExplorerData> {
  const [{ labels }] = networks;
  const scores = await embedModels(
    networks.map(({ logits }) => logits),
    labels,
    { seed, most: MOST_SCORES },
  );
  return {
    bins,
    n: labels.length,
    models: networks.map(({ method, temperature }, i) => ({
      name: methodTitle(method),
      method,
      scores: scores[i],
      fits: [{
        by: TEMPERATURE,
        title: CALIBRATORS[TEMPERATURE].title,
        parameters: { temperature },
      }],
    })),
  };
}
