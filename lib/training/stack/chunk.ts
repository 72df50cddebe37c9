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

/** Share of a stack that may idle before the rest is packed together. */
const IDLE_SHARE = 1 / 8;

/** A network in training. */
interface Member {
  readonly replica: Replica;
  /** Place among the replicas that the run was made for. */
  readonly place: number;
  bestEpoch: number;
  bestLoss: number;
  /** Epochs trained once it has stopped; 0 before. */
  stopped: number;
}

/** Networks that are computed together, all at the same epoch. */
export class Chunk {
  readonly #options: StackOptions;
  readonly #stack: Stack;
  #members: Member[];
  #data: ChunkData;

  /** @param places among all replicas of the stack, of those given */
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

  /** Networks that are in it. */
  get size(): number {
    return this.#members.length;
  }

  /**
   * Trains an epoch, and hands out networks that have stopped, with their
   * places.
   */
  epoch(epoch: number): [number, TrainedReplica][] {
    this.#judge(epoch, this.#train(epoch));
    const stopped = this.#members.filter(({ stopped }) => stopped > 0).length;
    const few = stopped < this.size && stopped <= IDLE_SHARE * this.size;
    return few ? [] : this.#release();
  }

  /** Takes in all of another chunk that is at the same epoch. */
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

  /** Takes an epoch's steps; the losses on validation after them. */
  #train(epoch: number): Float32Array {
    const { batchSize, learningRate } = this.#options;
    const { x, targets, validation } = this.#data;
    const batches: StackBatch[] = batchSize === null
      ? [{ x, targets }]
      : this.#shuffled(epoch, batchSize)
        .map((points) => ({ x, targets, points }));
    const last = batches.pop()!;
    for (const batch of batches) this.#stack.step(batch, learningRate);
    // Who has stopped can't be better any more.
    const best = Float32Array.from(
      this.#members,
      ({ stopped, bestLoss }) => stopped > 0 ? -Infinity : bestLoss,
    );
    const losses = this.#stack
      .stepAndJudge(last, { ...validation, best }, learningRate);
    for (const { points } of [...batches, last]) points?.dispose();
    return losses;
  }

  /** The points of each step, `[replicas, n]`, in each replica's own order. */
  #shuffled(epoch: number, batchSize: number): tf.Tensor2D[] {
    const n = this.#data.x.shape[1]!;
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

  /** Takes down what is best, and who has waited long enough. */
  #judge(epoch: number, losses: Float32Array): void {
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

  /** Hands out the stopped ones, and packs the others together. */
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
