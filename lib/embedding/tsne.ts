import { BadInput, checkRange, checkWhole } from "../bad_input.ts";
import type { Points } from "../matrix_kinds.ts";
import type {
  Layout,
  LayoutProgress,
  LayoutReports,
  LayoutSpec,
  SearchProgress,
} from "./layout.ts";

/** The message that starts the worker. */
export interface Task {
  readonly points: Points;
  readonly spec: LayoutSpec;
}

/** A message from the worker: progress, or finally the layout. */
export interface Reply {
  readonly progress?: LayoutProgress;
  readonly search?: SearchProgress;
  readonly done?: Layout;
}

/** Options of `tsne()`. */
export interface TsneOptions extends LayoutReports {
  /** Effective number of neighbours, in [2, (n - 1) / 3] (30). */
  readonly perplexity?: number;
  /** Steps of gradient descent, an integer of at least 250 (1000). */
  readonly iterations?: number;
  /** Seed of the jitter of the initial positions, an integer of at least 0. */
  readonly seed: number;
  /** Ends the worker immediately when aborted. */
  readonly signal?: AbortSignal;
}

/** Largest absolute coordinate; squares of larger ones could overflow. */
const LARGEST = 1e100;

/**
 * Embeds points in the plane by t-SNE (van der Maaten and Hinton 2008) with
 * Barnes-Hut repulsion (van der Maaten 2014). It runs in a worker and leaves the
 * calling thread free. The same points and options give the same bytes.
 *
 * The divergence is summed over pairs of the `3 * perplexity + 1` nearest neighbours
 * (other pairs have no attraction), with the normaliser over all pairs.
 *
 * @param points `[n, columns]`, n at least 7, finite, at most 1e100 in absolute value
 * @param options perplexity, number of iterations, seed, progress and abort signal
 * @returns the embedding `[n, 2]` and its Kullback-Leibler divergence in nats
 * @throws {BadInput} if there are too few points or a number is out of range
 * @throws the signal's reason, if it is aborted
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { neighbourPurity, pointsOf, tsne } from "@ils/label-smoothing/embedding";
 * // Two clusters of 20 points, 100 apart.
 * const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
 * const points = pointsOf(Array.from(labels, (label, i) => [100 * label, i]));
 * const { embedding, klDivergence } = await tsne(points, {
 *   perplexity: 5,
 *   iterations: 250,
 *   seed: 1,
 * });
 * ok(neighbourPurity(embedding, labels, 3) > 0.9);
 * ok(klDivergence > 0);
 * ```
 */
export async function tsne(
  points: Points,
  options: TsneOptions,
): Promise<Layout> {
  const { perplexity = 30, iterations = 1000, seed, signal } = options;
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
      if (data.progress) options.onProgress?.(data.progress);
      if (data.search) options.onSearch?.(data.search);
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
      `absolute value: row ${Math.floor(bad / columns)}, column ` +
      `${bad % columns} is ${data[bad]}`,
  );
}

function checkPerplexity(rows: number, perplexity: number): void {
  if (rows < 7) {
    throw new BadInput(
      `Cannot embed ${rows} points by t-SNE as it needs at least 7`,
    );
  }
  // A larger perplexity needs more neighbours than there are.
  checkRange(`t-SNE's perplexity for ${rows} points`, perplexity, {
    low: 2,
    high: Math.floor((rows - 1) / 3),
  });
}
