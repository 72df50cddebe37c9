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

/** Options of `embeddingPanels()`. */
export interface EmbeddingPanelsOptions
  extends Pick<EmbeddingScatterOptions, "classNames" | "axes">, FigureText {
  /** Number of panels in a row (3, but 2 if there are four). */
  readonly columns?: number;
}

const PANEL_SIZE = 300;

/** Several embeddings of the same points, side by side. */
export function embeddingPanels(
  items: readonly EmbeddingPanel[],
  labels: Int32Array,
  options: EmbeddingPanelsOptions,
): Figure {
  const { classNames, axes, columns, ...text } = options;
  const figures = items.map(({ title, embedding }) =>
    embeddingScatter(embedding, labels, {
      classNames,
      title,
      size: PANEL_SIZE,
      ...(axes ? { axes } : {}),
    })
  );
  return panels(figures, columns ?? (items.length === 4 ? 2 : 3), text);
}
