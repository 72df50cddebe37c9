/**
 * A binary tree over points in the plane, rebuilt for each gradient. Every box is
 * split at the middle of its longer side until it contains few points. Nodes are
 * stored depth first: the children of a node follow it, and `after` skips them. The
 * points are stored in the order of the leaves.
 */
export interface PointTree {
  /** Number of nodes in use. */
  size: number;
  /** `[n]` the original index of the point at each place. */
  readonly order: Int32Array;
  /** `[n]` coordinates in that order. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** First place of each node's points, and one past the last. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The node after all descendants of this one. */
  readonly after: Int32Array;
  /** Centre of mass. */
  readonly centreX: Float64Array;
  readonly centreY: Float64Array;
  /** Bounding box of the points. */
  readonly minX: Float64Array;
  readonly minY: Float64Array;
  readonly maxX: Float64Array;
  readonly maxY: Float64Array;
}

/** Largest number of points in a leaf, unless they all coincide. */
const LEAF_POINTS = 32;

/** An empty tree with capacity for `points` points. */
export function emptyTree(points: number): PointTree {
  const nodes = 2 * points;
  return {
    size: 0,
    order: Int32Array.from({ length: points }, (_, i) => i),
    x: new Float64Array(points),
    y: new Float64Array(points),
    start: new Int32Array(nodes),
    end: new Int32Array(nodes),
    after: new Int32Array(nodes),
    centreX: new Float64Array(nodes),
    centreY: new Float64Array(nodes),
    minX: new Float64Array(nodes),
    minY: new Float64Array(nodes),
    maxX: new Float64Array(nodes),
    maxY: new Float64Array(nodes),
  };
}

/** Rebuilds the tree over `positions`, `[n, 2]` row-major. */
export function growTree(tree: PointTree, positions: Float64Array): void {
  const { order, x, y } = tree;
  for (let place = 0; place < order.length; place++) {
    order[place] = place;
    x[place] = positions[2 * place];
    y[place] = positions[2 * place + 1];
  }
  tree.size = 0;
  growNode(tree, 0, order.length);
}

function growNode(tree: PointTree, start: number, end: number): void {
  const node = tree.size++;
  tree.start[node] = start;
  tree.end[node] = end;
  measure(tree, node);
  if (end - start > LEAF_POINTS) {
    const middle = split(tree, node);
    // Coinciding points cannot be split.
    if (middle > start && middle < end) {
      growNode(tree, start, middle);
      growNode(tree, middle, end);
    }
  }
  tree.after[node] = tree.size;
}

function measure(tree: PointTree, node: number): void {
  const { x, y } = tree;
  const start = tree.start[node];
  const end = tree.end[node];
  let minX = Infinity, minY = Infinity, maxX = -Infinity, maxY = -Infinity;
  let sumX = 0, sumY = 0;
  for (let place = start; place < end; place++) {
    const px = x[place];
    const py = y[place];
    sumX += px;
    sumY += py;
    if (px < minX) minX = px;
    if (px > maxX) maxX = px;
    if (py < minY) minY = py;
    if (py > maxY) maxY = py;
  }
  tree.minX[node] = minX;
  tree.minY[node] = minY;
  tree.maxX[node] = maxX;
  tree.maxY[node] = maxY;
  tree.centreX[node] = sumX / (end - start);
  tree.centreY[node] = sumY / (end - start);
}

/** Moves the lower half of the box to the front; returns where the upper half starts. */
function split(tree: PointTree, node: number): number {
  const { order, x, y } = tree;
  const width = tree.maxX[node] - tree.minX[node];
  const height = tree.maxY[node] - tree.minY[node];
  const key = width > height ? x : y;
  const low = width > height ? tree.minX[node] : tree.minY[node];
  const centre = low + Math.max(width, height) / 2;
  let left = tree.start[node];
  let right = tree.end[node] - 1;
  while (left <= right) {
    if (key[left] <= centre) {
      left++;
      continue;
    }
    const px = x[left], py = y[left], index = order[left];
    x[left] = x[right];
    y[left] = y[right];
    order[left] = order[right];
    x[right] = px;
    y[right] = py;
    order[right] = index;
    right--;
  }
  return left;
}
