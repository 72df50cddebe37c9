import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import type { Layout, LayoutProgress, LayoutSpec } from "./layout.ts";

/** What the worker is asked, once. */
export interface Task {
  readonly points: Points;
  readonly spec: LayoutSpec;
}

/** What the worker answers: progress, and at last the layout. */
export interface Reply {
  readonly progress?: LayoutProgress;
  readonly done?: Layout;
}

/** How to embed, and what to tell meanwhile. */
export interface TsneOptions {
  /** The effective number of neighbours, in [2, (n - 1) / 3]. */
  readonly perplexity?: number;
  /** Steps of gradient descent, at least 250. */
  readonly iterations?: number;
  /** Of the jitter on the starting positions. */
  readonly seed: number;
  /** Called before the first step, then every 50 steps, and at the end. */
  readonly onProgress?: (progress: LayoutProgress) => void;
  /** Aborted, it ends the worker at once. */
  readonly signal?: AbortSignal;
}

/** Coordinates beyond this could square to infinity. */
const LARGEST = 1e100;

/**
 * Embeds points in the plane by t-SNE (van der Maaten and Hinton 2008) with
 * Barnes-Hut repulsion (van der Maaten 2014), in a worker, so that the calling
 * thread stays free. The same points and options give the same bytes.
 *
 * The divergence returned is that of the returned embedding: summed over the
 * pairs among the `3 * perplexity + 1` nearest neighbours (the other pairs have
 * no attraction), with the normaliser over every pair.
 *
 * @param points `[n, columns]`, finite, at most 1e100 in size
 * @returns the embedding `[n, 2]` and its Kullback-Leibler divergence in nats
 * @throws {BadInput} if a number is outside its range
 * @throws the signal's reason, if it is aborted
 *
 * @example
 * ```ts
 * import { pointsOf } from "../matrix_kinds.ts";
 * import { tsne } from "./tsne.ts";
 * const points = pointsOf(Array.from({ length: 40 }, (_, i) => [i % 2, i]));
 * const { embedding } = await tsne(points, { perplexity: 5, seed: 1 });
 * ```
 */
export async function tsne(
  points: Points,
  { perplexity = 30, iterations = 1000, seed, onProgress, signal }: TsneOptions,
): Promise<Layout> {
  checkPoints(points);
  checkPerplexity(points.rows, perplexity);
  checkWhole("t-SNE's number of iterations", iterations, 250);
  checkWhole("t-SNE's seed", seed, 0);
  signal?.throwIfAborted();
  const url = new URL("./worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", name: "t-SNE" });
  const { promise, resolve, reject } = Promise.withResolvers<Layout>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  worker.onmessage = ({ data }: MessageEvent<Reply>) => {
    try {
      if (data.progress) onProgress?.(data.progress);
      if (data.done) resolve(data.done);
    } catch (error) {
      reject(error);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(`t-SNE's worker failed: ${event.message}`));
  };
  const task: Task = { points, spec: { perplexity, iterations, seed } };
  worker.postMessage(task);
  try {
    return await promise;
  } finally {
    worker.terminate();
    signal?.removeEventListener("abort", abort);
  }
}

function checkPoints({ data, columns }: Points): void {
  const bad = data.findIndex((value) => !(Math.abs(value) <= LARGEST));
  if (bad < 0) return;
  throw new BadInput(
    `Cannot embed points as they must be finite and at most ${LARGEST} in ` +
      `size: row ${Math.floor(bad / columns)}, column ${bad % columns} is ` +
      `${data[bad]}`,
  );
}

function checkPerplexity(rows: number, perplexity: number): void {
  if (rows < 7) {
    throw new BadInput(
      `Cannot embed ${rows} points by t-SNE as it needs at least 7`,
    );
  }
  // Below it a row lacks the neighbours to spread its probability over.
  checkRange(`t-SNE's perplexity for ${rows} points`, perplexity, {
    low: 2,
    high: Math.floor((rows - 1) / 3),
  });
}
