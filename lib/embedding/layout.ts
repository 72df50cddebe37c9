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

/** How a layout is searched. */
export interface LayoutSpec {
  readonly perplexity: number;
  readonly iterations: number;
  readonly seed: number;
}

/** Where a running layout is. */
export interface LayoutProgress {
  /** Iterations done, from 0. */
  readonly iteration: number;
  readonly iterations: number;
  /** Of the layout so far, in nats, with the normaliser approximated. */
  readonly klDivergence: number;
}

/** A finished layout. */
export interface Layout {
  /** `[n, 2]` */
  readonly embedding: Points<Float64Array>;
  /** Of this embedding, in nats, with the normaliser over every pair. */
  readonly klDivergence: number;
}

const EXAGGERATION = 12;
const REPORT_EVERY = 50;

/**
 * Lays points out in the plane by t-SNE, on the calling thread (`tsne` is the
 * same in a worker): similarities over the `3 * perplexity + 1` nearest
 * neighbours, principal components scaled to a standard deviation of 1e-4 and
 * jittered by 1 % of it from the seed, then gradient descent with momentum and
 * gains whose first 250 iterations (a quarter, where there are fewer than 1,000)
 * multiply the attraction by 12. The settings are scikit-learn's; the jitter is
 * openTSNE's.
 */
export function layout(
  points: Points,
  { perplexity, iterations, seed }: LayoutSpec,
  onProgress?: (progress: LayoutProgress) => void,
): Layout {
  const { rows } = points;
  const joint = similarities(points, perplexity);
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

/** The joint probabilities of points. */
export function similarities(
  points: Points,
  perplexity: number,
): SymmetricSparse {
  const count = Math.min(points.rows - 1, Math.floor(3 * perplexity + 1));
  const neighbours = nearestNeighbours(points, count);
  const conditional = conditionalProbabilities(neighbours, perplexity);
  return jointProbabilities(neighbours, conditional);
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
 * One step against `gradient` a call: each coordinate keeps a velocity, and a
 * gain on the gradient that grows by 0.2 while the two point against each other
 * and shrinks by a fifth when they agree (Jacobs 1988).
 */
function descent(gradient: Float64Array, rate: number) {
  const velocity = new Float64Array(gradient.length);
  const gains = new Float64Array(gradient.length).fill(1);
  return (positions: Float64Array, momentum: number) => {
    for (let at = 0; at < positions.length; at++) {
      const onward = velocity[at] * gradient[at] < 0;
      const gain = onward ? gains[at] + 0.2 : Math.max(gains[at] * 0.8, 0.01);
      gains[at] = gain;
      velocity[at] = momentum * velocity[at] - rate * gain * gradient[at];
      positions[at] += velocity[at];
    }
  };
}
