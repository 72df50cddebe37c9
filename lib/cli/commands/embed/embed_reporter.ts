import { duration } from "../../../duration.ts";
import type {
  LayoutProgress,
  SearchProgress,
} from "../../../embedding/layout.ts";
import type { Points } from "../../../matrix_kinds.ts";
import type { Context } from "../../command.ts";

/** Reports of `ils embed`, which are lines on standard error. */
export interface EmbedReporter {
  readonly onSearch: (progress: SearchProgress) => void;
  readonly onProgress: (progress: LayoutProgress) => void;
  /** Called before the embedding is measured. */
  readonly onMeasure: () => void;
}

/** Steps between lines that are not redrawn. */
const STEPS = 250;

/**
 * Reports the search for neighbours if it is slow, the steps of t-SNE, and a slow
 * measurement: one line that is redrawn on a terminal, otherwise a line for each
 * quarter of the search and every 250 steps.
 */
export function embedReporter(
  { log, terminal }: Pick<Context, "log" | "terminal">,
  { rows, columns }: Pick<Points, "rows" | "columns">,
): EmbedReporter {
  let quarters = -1;
  const show = (line: string, isLast: boolean) =>
    log(terminal ? `\r\x1b[K${line}${isLast ? "\n" : ""}` : `${line}\n`);
  return {
    onSearch({ rows: done, total, seconds }) {
      const reached = Math.floor(4 * done / total);
      if (!terminal && reached === quarters) return;
      quarters = reached;
      const left = duration(seconds * (total - done) / done);
      show(
        `neighbours of ${rows} points of ${columns} columns: ` +
          `${Math.floor(100 * done / total)} %, ${left} left`,
        false,
      );
    },
    onProgress({ iteration, iterations, klDivergence }) {
      const isLast = iteration === iterations;
      if (!terminal && !isLast && iteration % STEPS !== 0) return;
      show(
        `t-SNE ${iteration}/${iterations}, KL divergence ` +
          klDivergence.toFixed(4),
        isLast,
      );
    },
    onMeasure() {
      // Trustworthiness compares every pair of points again.
      if (quarters < 0) return;
      show("measuring trustworthiness, about as long as the neighbours", true);
    },
  };
}
