import type { Points } from "../matrix_kinds.ts";
import {
  embeddingScatter,
  type EmbeddingScatterOptions,
} from "./embedding_scatter.ts";
import { type Figure, type FigureText, panels } from "./parts/render.ts";

/** One panel: an embedding `[n, 2]` and its title. */
export interface EmbeddingPanel {
  readonly title: string;
  readonly embedding: Points;
}

const PANEL_SIZE = 300;
const COLUMNS = 3;

/** Several embeddings of the same points, side by side. */
export function embeddingPanels(
  items: readonly EmbeddingPanel[],
  labels: Int32Array,
  options: Pick<EmbeddingScatterOptions, "classNames" | "axes"> & FigureText,
): Figure {
  const { classNames, axes, ...text } = options;
  const figures = items.map(({ title, embedding }) =>
    embeddingScatter(embedding, labels, {
      classNames,
      title,
      size: PANEL_SIZE,
      ...(axes ? { axes } : {}),
    })
  );
  return panels(figures, COLUMNS, text);
}
