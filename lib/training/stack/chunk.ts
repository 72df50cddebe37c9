import { tf } from "../../engine.ts";
import { AdamVariables } from "./adam_variables.ts";
import {
  chooseReplicas,
  crossEntropyMeans,
  gatherRows,
} from "./batched_ops.ts";
import { type ChunkData, chunkData } from "./chunk_data.ts";
import type {
  Replica,
  StackData,
  StackOptions,
  TrainedReplica,
} from "./fit_stack.ts";
import {
  initialWeights,
  type NetworkWeights,
  replicaStream,
} from "./initial_weights.ts";
import { stackGradients, stackLogits } from "./stacked_mlp.ts";
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
  readonly #variables: AdamVariables;
  #members: Member[];
  #data: ChunkData;
  #best: tf.Tensor[] = [];

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
    this.#variables = new AdamVariables(first);
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
    this.#train(epoch);
    this.#judge(epoch, this.#validationLosses());
    const stopped = this.#members.filter(({ stopped }) => stopped > 0).length;
    const few = stopped < this.size && stopped <= IDLE_SHARE * this.size;
    return few ? [] : this.#release();
  }

  /** Takes in all of another chunk that is at the same epoch. */
  join(other: Chunk): void {
    this.#members = [...this.#members, ...other.#members];
    this.#variables.join(other.#variables);
    const both = (a: tf.Tensor, b: tf.Tensor) => {
      const whole = tf.concat([a, b]);
      a.dispose();
      return whole;
    };
    this.#best = this.#best.map((best, i) => both(best, other.#best[i]));
    this.#data = {
      x: both(this.#data.x, other.#data.x),
      targets: both(this.#data.targets, other.#data.targets),
      validationX: both(this.#data.validationX, other.#data.validationX),
      validationTargets: both(
        this.#data.validationTargets,
        other.#data.validationTargets,
      ),
    };
    other.dispose();
  }

  #train(epoch: number): void {
    const { batchSize } = this.#options;
    if (batchSize === null) this.#step(this.#data.x, this.#data.targets);
    else tf.tidy(() => this.#trainInBatches(epoch, batchSize));
  }

  #trainInBatches(epoch: number, batchSize: number): void {
    const { x: all, targets: allTargets } = this.#data;
    const n = all.shape[1]!;
    const order = tf.tensor2d(
      this.#members.map(({ replica }) =>
        Array.from(replicaStream(replica, `shuffle/${epoch}`).permutation(n))
      ),
      undefined,
      "int32",
    );
    const shuffled = [all, allTargets]
      .map((values) => gatherRows(values, order));
    for (let start = 0; start < n; start += batchSize) {
      const count = Math.min(batchSize, n - start);
      const [x, targets] = shuffled
        .map((values) => tf.slice(values, [0, start, 0], [-1, count, -1]));
      this.#step(x, targets);
    }
  }

  #step(x: tf.Tensor, targets: tf.Tensor): void {
    const gradients = stackGradients({ x, targets }, this.#variables.read());
    this.#variables.step(gradients, this.#options.learningRate);
    tf.dispose(gradients);
  }

  /** `[replicas]`, against hard labels. */
  #validationLosses(): Float32Array {
    const means = tf.tidy(() => {
      const { validationX, validationTargets } = this.#data;
      const logits = stackLogits(validationX, this.#variables.read());
      return crossEntropyMeans(logits, validationTargets);
    });
    const losses = means.dataSync<"float32">();
    means.dispose();
    return losses;
  }

  /** Keeps what is best, and lets those go that have waited long enough. */
  #judge(epoch: number, losses: Float32Array): void {
    const { epochs, patience } = this.#options;
    const better = this.#members.map((member, i) => {
      if (member.stopped > 0 || !(losses[i] < member.bestLoss)) return false;
      member.bestLoss = losses[i];
      member.bestEpoch = epoch;
      return true;
    });
    this.#keepBest(better);
    for (const member of this.#members.filter(({ stopped }) => stopped === 0)) {
      const waited = epoch - member.bestEpoch;
      if (waited >= patience || epoch === epochs) member.stopped = epoch;
    }
  }

  #keepBest(better: readonly boolean[]): void {
    if (this.#best.length > 0 && !better.includes(true)) return;
    const old = this.#best;
    this.#best = tf.tidy(() => {
      const current = this.#variables.read();
      if (old.length === 0 || !better.includes(false)) {
        return current.map((value) => value.clone());
      }
      const mask = tf.tensor1d([...better], "bool");
      return current.map((value, i) => chooseReplicas(mask, value, old[i]));
    });
    tf.dispose(old);
  }

  /** Hands out the stopped ones, and packs the others together. */
  #release(): [number, TrainedReplica][] {
    const members = this.#members;
    const leaving = [...members.keys()].filter((i) => members[i].stopped > 0);
    const staying = [...members.keys()].filter((i) => members[i].stopped === 0);
    const places = tf.tensor1d(leaving, "int32");
    const best = this.#best.map((all) => tf.gather(all, places));
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
    this.#variables.keep(places);
    this.#best = this.#best.map(packed);
    const { x, targets, validationX, validationTargets } = this.#data;
    this.#data = {
      x: packed(x),
      targets: packed(targets),
      validationX: packed(validationX),
      validationTargets: packed(validationTargets),
    };
    places.dispose();
  }

  dispose(): void {
    this.#variables.dispose();
    tf.dispose([...this.#best, ...Object.values(this.#data)]);
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
