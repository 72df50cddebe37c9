import { asPoints, type Points } from "../matrix_kinds.ts";
import { stream } from "../random.ts";
import {
  conditionalProbabilities,
  jointProbabilities,
  type SymmetricSparse,
} from "./affinities.ts";
import { exactNormaliser, klDivergence } from "./divergence.ts";
import { forces } from "./gradient.ts";
import { nearestNeighbours } from "./neighbours.ts";
import { principalComponents } from "./pca.ts";

/** Settings of a t-SNE layout. */
export interface LayoutSpec {
  /** Effective number of neighbours, in [2, (n - 1) / 3]. */
  readonly perplexity: number;
  /** Steps of gradient descent, at least 250. */
  readonly iterations: number;
  /** Seed of the jitter of the initial positions, at least 0. */
  readonly seed: number;
}

/** Progress of a running layout. */
export interface LayoutProgress {
  /** Number of finished iterations, from 0. */
  readonly iteration: number;
  /** Total number of iterations. */
  readonly iterations: number;
  /** Current divergence in nats, with the approximate normaliser. */
  readonly klDivergence: number;
}

/** How far the search for the nearest neighbours of the points is. */
export interface SearchProgress {
  /** Rows whose neighbours are known. */
  readonly rows: number;
  /** All rows. */
  readonly total: number;
  /** Seconds since the search began. */
  readonly seconds: number;
}

/** What a layout reports while it is computed. */
export interface LayoutReports {
  /** Called before the first step, then every 50 steps, and at the end. */
  readonly onProgress?: ((progress: LayoutProgress) => void) | undefined;
  /** Called every two seconds before the first step. */
  readonly onSearch?: ((progress: SearchProgress) => void) | undefined;
}

/** A finished layout. */
export interface Layout {
  /** Positions in the plane, `[n, 2]`. */
  readonly embedding: Points<Float64Array>;
  /** Divergence in nats, with the normaliser over all pairs. */
  readonly klDivergence: number;
}

const EXAGGERATION = 12;
const REPORT_EVERY = 50;
const SEARCH_REPORT_MS = 2000;

/**
 * Embeds points in the plane by t-SNE on the calling thread (`tsne` does the same in
 * a worker). Similarities are computed over the `3 * perplexity + 1` nearest
 * neighbours. The initial positions are principal components scaled to a standard
 * deviation of 1e-4, with a seeded jitter of 1 % of it. Gradient descent with
 * momentum and gains follows; its first 250 iterations (a quarter, if there are
 * fewer than 1,000) multiply the attraction by 12. The settings are those of
 * scikit-learn, the jitter is that of openTSNE.
 */
export function layout(
  points: Points,
  { perplexity, iterations, seed }: LayoutSpec,
  { onProgress, onSearch }: LayoutReports = {},
): Layout {
  const { rows } = points;
  const joint = similarities(points, perplexity, paced(rows, onSearch));
  const positions = startingPositions(points, seed);
  const { gradient, compute } = forces(joint);
  const descend = descent(gradient, Math.max(rows / EXAGGERATION / 4, 50));
  const exaggerated = Math.min(250, Math.floor(iterations / 4));
  for (let iteration = 0; iteration < iterations; iteration++) {
    const early = iteration < exaggerated;
    const normaliser = compute(positions, early ? EXAGGERATION : 1);
    if (iteration % REPORT_EVERY === 0) {
      onProgress?.({
        iteration,
        iterations,
        klDivergence: klDivergence(joint, positions, normaliser),
      });
    }
    descend(positions, early ? 0.5 : 0.8);
  }
  const divergence = klDivergence(joint, positions, exactNormaliser(positions));
  onProgress?.({ iteration: iterations, iterations, klDivergence: divergence });
  const embedding = asPoints({ data: positions, rows, columns: 2 });
  return { embedding, klDivergence: divergence };
}

/** The joint probabilities of points in t-SNE. */
export function similarities(
  points: Points,
  perplexity: number,
  onRow?: (finished: number) => void,
): SymmetricSparse {
  const count = Math.min(points.rows - 1, Math.floor(3 * perplexity + 1));
  const neighbours = nearestNeighbours(points, count, onRow);
  const conditional = conditionalProbabilities(neighbours, perplexity);
  return jointProbabilities(neighbours, conditional);
}

/** Returns a callback for each finished row, which reports every two seconds. */
function paced(
  total: number,
  report: LayoutReports["onSearch"],
): ((rows: number) => void) | undefined {
  if (report === undefined) return undefined;
  const start = performance.now();
  let next = start + SEARCH_REPORT_MS;
  return (rows) => {
    const now = performance.now();
    if (now < next) return;
    next = now + SEARCH_REPORT_MS;
    report({ rows, total, seconds: (now - start) / 1000 });
  };
}

function startingPositions(points: Points, seed: number): Float64Array {
  const { data, rows } = principalComponents(points);
  let variance = 0;
  for (let i = 0; i < rows; i++) variance += data[2 * i] ** 2 / rows;
  const scale = variance > 0 ? 1e-4 / Math.sqrt(variance) : 0;
  const jitter = stream(seed, "tsne");
  return data.map((value) => value * scale + 1e-6 * jitter.normal());
}

/**
 * Returns a function that takes one step of gradient descent per call. Each
 * coordinate has a velocity and a gain, which grows by 0.2 if velocity and gradient
 * have opposite signs and shrinks by a fifth otherwise (Jacobs 1988).
 */
function descent(gradient: Float64Array, rate: number) {
  const velocity = new Float64Array(gradient.length);
  const gains = new Float64Array(gradient.length).fill(1);
  return (positions: Float64Array, momentum: number) => {
    for (let at = 0; at < positions.length; at++) {
      const opposite = velocity[at] * gradient[at] < 0;
      const gain = opposite ? gains[at] + 0.2 : Math.max(gains[at] * 0.8, 0.01);
      gains[at] = gain;
      velocity[at] = momentum * velocity[at] - rate * gain * gradient[at];
      positions[at] += velocity[at];
    }
  };
}
