import { matrix } from "../../lib/matrix.ts";
import { asPoints } from "../../lib/matrix_kinds.ts";

interface Reference {
  perplexity: number;
  iterations: number;
  columns: number;
  points: number[];
  /** [row, column, value] */
  joint: [number, number, number][];
  klDivergence: { scikitLearn: number; openTSNE: number };
  principal: [number, number][];
  trustworthiness: Record<string, number>;
}

const path = new URL("../fixtures/tsne_reference.json", import.meta.url);

/** Results of scikit-learn and openTSNE for 500 points; see the script next to them. */
export const reference: Reference = JSON.parse(Deno.readTextFileSync(path));

/** These points, `[500, 10]`. */
export const points = asPoints(
  matrix(Float64Array.from(reference.points), reference.columns),
);
