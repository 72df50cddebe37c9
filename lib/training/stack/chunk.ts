import { tf } from "../../engine/engine.ts";
import { type ChunkData, chunkData } from "./chunk_data.ts";
import type {
  Replica,
  StackData,
  StackOptions,
  TrainedReplica,
} from "./types.ts";
import {
  initialWeights,
  type NetworkWeights,
  replicaStream,
} from "./initial_weights.ts";
import { Stack, type StackBatch } from "./stack.ts";
import { stackWeights, unstackWeights } from "./stack_weights.ts";

/** Share of stopped networks in a stack above which the others are packed. */
const IDLE_SHARE = 1 / 8;

/** A network in training. */
interface Member {
  readonly replica: Replica;
  /** Index among the replicas of `fitStack()`. */
  readonly place: number;
  bestEpoch: number;
  bestLoss: number;
  /** Number of epochs trained if it has stopped; 0 before. */
  stopped: number;
}

/** Networks that are trained together, all at the same epoch. */
export class Chunk {
  readonly #options: StackOptions;
  readonly #stack: Stack;
  #members: Member[];
  #data: ChunkData;

  /** @param replicas by index among the replicas of `fitStack()` */
  constructor(
    replicas: ReadonlyMap<number, Replica>,
    data: StackData,
    options: StackOptions,
  ) {
    this.#options = options;
    this.#members = Array.from(replicas, ([place, replica]) => ({
      replica,
      place,
      bestEpoch: 0,
      bestLoss: Infinity,
      stopped: 0,
    }));
    const { widths } = options;
    const all = [...replicas.values()];
    this.#data = chunkData(all, data, widths[widths.length - 1]);
    const first = stackWeights(
      all.map((replica) => initialWeights(widths, replica)),
      widths,
    );
    this.#stack = new Stack(first);
    tf.dispose(first);
  }

  /** Number of networks. */
  get size(): number {
    return this.#members.length;
  }

  /** Trains for one epoch and returns stopped networks with their indices. */
  epoch(epoch: number): [number, TrainedReplica][] {
    this.#updateBest(epoch, this.#train(epoch));
    const stopped = this.#members.filter(({ stopped }) => stopped > 0).length;
    const few = stopped < this.size && stopped <= IDLE_SHARE * this.size;
    return few ? [] : this.#release();
  }

  /** Adds all networks of another chunk, which is at the same epoch. */
  join(other: Chunk): void {
    this.#members = [...this.#members, ...other.#members];
    this.#stack.join(other.#stack);
    const { x, targets } = this.#data;
    this.#data = {
      ...this.#data,
      x: tf.concat([x, other.#data.x]),
      targets: tf.concat([targets, other.#data.targets]),
    };
    tf.dispose([x, targets]);
    other.dispose();
  }

  /** Takes the steps of an epoch; returns the validation losses after them. */
  #train(epoch: number): Float32Array {
    const { batchSize, learningRate } = this.#options;
    const { x, targets, validation } = this.#data;
    const batches: StackBatch[] = batchSize === null
      ? [{ x, targets }]
      : this.#shuffled(epoch, batchSize)
        .map((points) => ({ x, targets, points }));
    const last = batches.pop()!;
    for (const batch of batches) this.#stack.step(batch, learningRate);
    // Networks that have stopped keep their best weights.
    const best = Float32Array.from(
      this.#members,
      ({ stopped, bestLoss }) => stopped > 0 ? -Infinity : bestLoss,
    );
    const losses = this.#stack
      .stepAndValidate(last, { ...validation, best }, learningRate);
    for (const { points } of [...batches, last]) points?.dispose();
    return losses;
  }

  /** The points of each step, `[replicas, batch]`, shuffled per replica. */
  #shuffled(epoch: number, batchSize: number): tf.Tensor2D[] {
    const n = this.#data.x.shape[2]!;
    const orders = this.#members.map(({ replica }) =>
      replicaStream(replica, `shuffle/${epoch}`).permutation(n)
    );
    return Array.from({ length: Math.ceil(n / batchSize) }, (_, i) => {
      const start = i * batchSize;
      const count = Math.min(batchSize, n - start);
      const points = new Int32Array(count * orders.length);
      orders.forEach((order, at) =>
        points.set(order.subarray(start, start + count), at * count)
      );
      return tf.tensor2d(points, [orders.length, count], "int32");
    });
  }

  /** Records the best epochs and applies early stopping. */
  #updateBest(epoch: number, losses: Float32Array): void {
    const { epochs, patience } = this.#options;
    this.#members.forEach((member, i) => {
      if (member.stopped > 0) return;
      if (losses[i] < member.bestLoss) {
        member.bestLoss = losses[i];
        member.bestEpoch = epoch;
      }
      const waited = epoch - member.bestEpoch;
      if (waited >= patience || epoch === epochs) member.stopped = epoch;
    });
  }

  /** Removes and returns stopped networks, and packs the others. */
  #release(): [number, TrainedReplica][] {
    const members = this.#members;
    const leaving = [...members.keys()].filter((i) => members[i].stopped > 0);
    const staying = [...members.keys()].filter((i) => members[i].stopped === 0);
    const places = tf.tensor1d(leaving, "int32");
    const best = this.#stack.best(places);
    const weights = unstackWeights(best);
    tf.dispose([places, ...best]);
    this.#members = staying.map((i) => members[i]);
    if (staying.length > 0) this.#pack(staying);
    return leaving.map((i, at) => [
      members[i].place,
      trainedReplica(members[i], weights[at]),
    ]);
  }

  #pack(staying: readonly number[]): void {
    const places = tf.tensor1d(staying as number[], "int32");
    const packed = (all: tf.Tensor) => {
      const kept = tf.gather(all, places);
      all.dispose();
      return kept;
    };
    this.#stack.keep(places);
    const { x, targets } = this.#data;
    this.#data = {
      ...this.#data,
      x: packed(x),
      targets: packed(targets),
    };
    places.dispose();
  }

  dispose(): void {
    this.#stack.dispose();
    const { x, targets, validation } = this.#data;
    tf.dispose([x, targets, validation.x, validation.targets]);
  }
}

function trainedReplica(
  { replica, bestEpoch, bestLoss, stopped }: Member,
  weights: NetworkWeights,
): TrainedReplica {
  if (bestEpoch === 0) {
    throw new Error(
      `Training of ${replica.name} (seed ${replica.seed}) diverged: its ` +
        "validation loss was never finite; a smaller learning rate may help",
    );
  }
  return {
    weights,
    epochs: stopped,
    bestEpoch,
    validationLogLoss: bestLoss,
  };
}
