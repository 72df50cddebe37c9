import type { SymmetricSparse } from "./affinities.ts";
import { emptyTree, growTree, type PointTree } from "./point_tree.ts";

/**
 * A box of the tree is treated as a single point if its longer side is below this
 * multiple of its distance (Barnes and Hut 1986; van der Maaten 2014).
 */
const THETA = 0.5;

/** Computes gradients for embeddings of a fixed number of points. */
export interface Forces {
  /** The result of the last `compute`, `[n, 2]`. */
  readonly gradient: Float64Array;
  /**
   * Computes the gradient of the Kullback-Leibler divergence,
   * `4 sum_j (e p_ij - q_ij) w_ij (y_i - y_j)` with `w_ij = 1 / (1 +
   * |y_i - y_j|^2)` and `q_ij = w_ij / Z`, and returns `Z = sum_(i != j) w_ij`
   * (van der Maaten and Hinton 2008, equation 5).
   *
   * @param positions `[n, 2]` row-major
   * @param exaggeration the factor e of the attraction
   */
  compute(positions: Float64Array, exaggeration: number): number;
}

/**
 * Prepares gradients for joint probabilities. All of them share one buffer.
 *
 * @param theta accuracy of the repulsion, in [0, 0.7]; 0 computes every pair
 */
export function forces(joint: SymmetricSparse, theta = THETA): Forces {
  const points = joint.offsets.length - 1;
  const gradient = new Float64Array(2 * points);
  const tree = emptyTree(points);
  const far = {
    x: new Float64Array(points),
    y: new Float64Array(points),
    weight: new Float64Array(points),
  };
  const compute = (positions: Float64Array, exaggeration: number) => {
    growTree(tree, positions);
    const total = repel(tree, far, theta, gradient);
    gradient.forEach((force, at) => gradient[at] = -4 * force / total);
    attract(joint, positions, 4 * exaggeration, gradient);
    return total;
  };
  return { gradient, compute };
}

interface Sources {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** Fills `result` with `sum_j w_ij^2 (y_i - y_j)` and returns `Z`. */
function repel(
  tree: PointTree,
  sources: Sources,
  theta: number,
  result: Float64Array,
): number {
  let total = 0;
  for (let node = 0; node < tree.size; node++) {
    if (tree.after[node] > node + 1) continue;
    const count = gather(tree, node, theta, sources);
    total += repelLeaf(tree, node, sources, count, result);
  }
  return total;
}

/**
 * Lists what acts on the points of a leaf: boxes that are far from all of them, and
 * the single points of the other leaves, including this one.
 */
function gather(
  tree: PointTree,
  leaf: number,
  theta: number,
  sources: Sources,
): number {
  const { size, start, end, after, centreX, centreY } = tree;
  const { minX, minY, maxX, maxY } = tree;
  const lowX = minX[leaf], highX = maxX[leaf];
  const lowY = minY[leaf], highY = maxY[leaf];
  const theta2 = theta * theta;
  let count = 0;
  let node = 0;
  while (node < size) {
    const cx = centreX[node];
    const cy = centreY[node];
    const dx = Math.max(lowX - cx, 0, cx - highX);
    const dy = Math.max(lowY - cy, 0, cy - highY);
    const side = Math.max(maxX[node] - minX[node], maxY[node] - minY[node]);
    if (side * side < theta2 * (dx * dx + dy * dy)) {
      sources.x[count] = cx;
      sources.y[count] = cy;
      sources.weight[count++] = end[node] - start[node];
      node = after[node];
    } else {
      if (after[node] === node + 1) {
        for (let place = start[node]; place < end[node]; place++) {
          sources.x[count] = tree.x[place];
          sources.y[count] = tree.y[place];
          sources.weight[count++] = 1;
        }
      }
      node++;
    }
  }
  return count;
}

function repelLeaf(
  tree: PointTree,
  leaf: number,
  sources: Sources,
  count: number,
  result: Float64Array,
): number {
  const { x, y, weight } = sources;
  let total = 0;
  for (let place = tree.start[leaf]; place < tree.end[leaf]; place++) {
    const px = tree.x[place];
    const py = tree.y[place];
    let forceX = 0, forceY = 0, sum = 0;
    for (let k = 0; k < count; k++) {
      const dx = px - x[k];
      const dy = py - y[k];
      const w = 1 / (1 + dx * dx + dy * dy);
      const weighted = weight[k] * w;
      sum += weighted;
      forceX += weighted * w * dx;
      forceY += weighted * w * dy;
    }
    result[2 * tree.order[place]] = forceX;
    result[2 * tree.order[place] + 1] = forceY;
    total += sum - 1; // without w_ii, the point's effect on itself
  }
  return total;
}

/** Adds `factor * sum_j p_ij w_ij (y_i - y_j)` to `result`. */
function attract(
  joint: SymmetricSparse,
  positions: Float64Array,
  factor: number,
  result: Float64Array,
): void {
  const { offsets, columns, values } = joint;
  for (let i = 0; i + 1 < offsets.length; i++) {
    const px = positions[2 * i];
    const py = positions[2 * i + 1];
    let forceX = 0, forceY = 0;
    for (let at = offsets[i]; at < offsets[i + 1]; at++) {
      const j = 2 * columns[at];
      const dx = px - positions[j];
      const dy = py - positions[j + 1];
      const strength = factor * values[at] / (1 + dx * dx + dy * dy);
      forceX += strength * dx;
      forceY += strength * dy;
      result[j] -= strength * dx;
      result[j + 1] -= strength * dy;
    }
    result[2 * i] += forceX;
    result[2 * i + 1] += forceY;
  }
}
