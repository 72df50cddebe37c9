import { BadInput, checkWhole } from "../../bad_input.ts";
import type { Matrix } from "../../matrix.ts";
import { checkSetting } from "../../setting_rules.ts";
import { TRAINING_SETTINGS } from "../settings.ts";
import { Chunk } from "./chunk.ts";
import type {
  Replica,
  StackData,
  StackOptions,
  TrainedReplica,
} from "./types.ts";

/**
 * Maximum number of networks in one stack: enough to amortise the cost of a call, few
 * enough for the cache. Measured in docs/decisions/stacks.md.
 */
const MOST_NETWORKS = 72;

const CANNOT = "Cannot train a stack as";

/**
 * Trains many small networks together: fully connected, with ReLU and Adam. Each has
 * its own random streams, early stopping and best weights. Networks that stop leave
 * the stack. Each network gets the same results as if trained alone, up to rounding.
 *
 * @param replicas in any order; those with the same number of rows are trained
 * together
 * @returns trained networks in the order of the replicas
 * @throws {BadInput} if a number or a shape is wrong
 * @throws {Error} if a network never had a finite validation loss
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { matrix } from "../../matrix.ts";
 * import { asPoints, asProbabilities } from "../../matrix_kinds.ts";
 * import { fitStack } from "./fit_stack.ts";
 * const points = asPoints(matrix(Float32Array.of(-1, -2, 1, 2), 1));
 * const labels = Int32Array.of(0, 0, 1, 1);
 * const targets = asProbabilities(
 *   matrix(Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1), 2),
 * );
 * const rows = Int32Array.of(0, 1, 2, 3);
 * const [network] = fitStack(
 *   [{ seed: 1, name: "a", rows, targets }],
 *   { points, validation: { points, labels } },
 *   {
 *     widths: [1, 8, 2],
 *     learningRate: 0.01,
 *     batchSize: null,
 *     epochs: 20,
 *     patience: 5,
 *   },
 * );
 * strictEqual(network.weights.length, 4); // kernels and biases of two layers
 * ```
 */
export function fitStack(
  replicas: readonly Replica[],
  data: StackData,
  options: StackOptions,
): TrainedReplica[] {
  checkStack(replicas, data, options);
  const trained = new Array<TrainedReplica>(replicas.length);
  const bySize = Map.groupBy(replicas.keys(), (i) => replicas[i].rows.length);
  for (const places of bySize.values()) {
    const parts = equalParts(places, MOST_NETWORKS)
      .map((part) => new Map(part.map((place) => [place, replicas[place]])));
    let chunks: Chunk[] = [];
    try {
      for (const part of parts) chunks.push(new Chunk(part, data, options));
      for (let epoch = 1; chunks.length > 0; epoch++) {
        for (const chunk of chunks) {
          chunk.epoch(epoch).forEach(([place, one]) => trained[place] = one);
        }
        chunks = repacked(chunks);
      }
    } finally {
      chunks.forEach((chunk) => chunk.dispose());
    }
  }
  return trained;
}

/** Splits items into as few parts as possible, of at most `most` items. */
function equalParts<Item>(items: readonly Item[], most: number): Item[][] {
  const count = Math.ceil(items.length / most);
  const edge = (part: number) => Math.round(part * items.length / count);
  return Array.from(
    { length: count },
    (_, part) => items.slice(edge(part), edge(part + 1)),
  );
}

/** Drops empty chunks and joins chunks that fit together. */
function repacked(chunks: readonly Chunk[]): Chunk[] {
  const kept: Chunk[] = [];
  for (const chunk of chunks) {
    const room = kept.find(({ size }) => size + chunk.size <= MOST_NETWORKS);
    if (chunk.size === 0) chunk.dispose();
    else if (room === undefined) kept.push(chunk);
    else room.join(chunk);
  }
  return kept;
}

function checkStack(
  replicas: readonly Replica[],
  data: StackData,
  options: StackOptions,
): void {
  checkSettings(options);
  for (const { name, rows } of replicas) {
    checkWhole(`${CANNOT} rows of ${name}`, rows.length, 1);
  }
  checkShapes(replicas, data, options.widths);
}

function checkSettings(
  { widths, learningRate, batchSize, epochs, patience }: StackOptions,
): void {
  const settings = { learningRate, epochs, patience } as const;
  for (const [key, value] of Object.entries(settings)) {
    const rule = TRAINING_SETTINGS[key as keyof typeof settings];
    checkSetting(`${CANNOT} ${key}`, value, rule);
  }
  if (batchSize !== null) {
    checkSetting(`${CANNOT} batchSize`, batchSize, TRAINING_SETTINGS.batchSize);
  }
  widths.forEach((width) => checkWhole(`${CANNOT} a layer's width`, width, 1));
}

function checkShapes(
  replicas: readonly Replica[],
  { points, validation }: StackData,
  widths: StackOptions["widths"],
): void {
  const [features, classes] = [widths[0], widths[widths.length - 1]];
  checkShape("points", points, [points.rows, features]);
  const validationShape = [validation.labels.length, features] as const;
  checkShape("validation points", validation.points, validationShape);
  for (const { name, targets } of replicas) {
    checkShape(`targets of ${name}`, targets, [points.rows, classes]);
  }
}

function checkShape(
  name: string,
  { rows, columns }: Matrix,
  [n, width]: readonly [number, number],
): void {
  if (rows === n && columns === width) return;
  throw new BadInput(
    `${CANNOT} ${name} must be ${n} rows of ${width}: ` +
      `they are ${rows} of ${columns}`,
  );
}
