import { tf } from "../../engine.ts";
import type { Output, Session } from "../../graph.ts";
import { adamNumbers } from "../optimizer.ts";
import { SLOT, StackGraph } from "./stack_graph.ts";

/** Sessions of networks of some layers, opened once and used again. */
interface Pool {
  readonly graph: StackGraph;
  readonly idle: Session[];
}

const pools = new Map<number, Pool>();

/** What a stack trains on; classes of a point's targets sum to 1. */
export interface StackBatch {
  /** `[replicas, n, in]` */
  readonly x: tf.Tensor;
  /** `[replicas, classes, n]` */
  readonly targets: tf.Tensor;
  /** `[replicas, batch]` int32, the points of a batch; all unless given. */
  readonly points?: tf.Tensor;
}

/** By what networks are judged; classes of a point's targets sum to 1. */
export interface StackValidation {
  /** `[1, n, in]` */
  readonly x: tf.Tensor;
  /** `[1, classes, n]` */
  readonly targets: tf.Tensor;
}

/**
 * Fully connected networks that are computed together, all at the same step of
 * their Adam, with the best weights of each.
 */
export class Stack {
  readonly #layers: number;
  readonly #graph: StackGraph;
  readonly #session: Session;
  #steps = 0;

  /** @param layers of the networks, hidden ones and the last */
  constructor(layers: number) {
    const pool = pools.get(layers) ??
      { graph: new StackGraph(layers), idle: [] };
    pools.set(layers, pool);
    this.#layers = layers;
    this.#graph = pool.graph;
    this.#session = pool.idle.pop() ?? pool.graph.graph.open();
  }

  /** @param parameters of each layer, in the shapes of `stacked_mlp.ts` */
  start(parameters: readonly tf.Tensor[]): void {
    this.#steps = 0;
    const zeros = parameters.map((value) => tf.zerosLike(value));
    const state = parameters
      .flatMap((value, i) => [value, zeros[i], zeros[i], value]);
    const { started, initial } = this.#graph;
    this.#do(started, paired(initial, state));
    tf.dispose(zeros);
  }

  /** One step of Adam. */
  step(batch: StackBatch, learningRate: number): void {
    const numbers = this.#numbers(batch, learningRate);
    this.#do(this.#graph.stepped, this.#training(batch, numbers));
    numbers.dispose();
  }

  /**
   * A step, after which each network is judged, and its weights kept as the
   * best if its loss is below what it was.
   *
   * @param best `[replicas]`, losses to be below
   * @returns the losses, `[replicas]`
   */
  stepAndJudge(
    batch: StackBatch,
    validation: StackValidation,
    best: Float32Array,
    learningRate: number,
  ): Float32Array {
    const graph = this.#graph;
    const numbers = this.#numbers(batch, learningRate);
    const bests = tf.tensor1d(best);
    const [losses] = this.#session.run([graph.losses], [
      ...this.#training(batch, numbers),
      [graph.validationX, validation.x],
      [graph.validationTargets, validation.targets],
      [graph.bestLosses, bests],
    ]);
    const values = losses.dataSync<"float32">();
    tf.dispose([losses, bests, numbers]);
    return values;
  }

  /** @param places int32, those that stay, in their new order */
  keep(places: tf.Tensor1D): void {
    this.#do(this.#graph.packed, [[this.#graph.places, places]]);
  }

  /** The best parameters of networks at some places; the caller owns them. */
  best(places: tf.Tensor1D): tf.Tensor[] {
    return this.#session.run(this.#graph.best, [[this.#graph.places, places]]);
  }

  /** Takes in all of another stack of such networks, at the same step. */
  join(other: Stack): void {
    const { state, initial, joined } = this.#graph;
    const theirs = other.#session.run(state, []);
    this.#do(joined, paired(initial, theirs));
    tf.dispose(theirs);
  }

  /**
   * What networks say of the same points; those in training don't matter.
   *
   * @param x `[1, n, in]`
   * @returns `[replicas, n, classes]`
   */
  logits(parameters: readonly tf.Tensor[], x: tf.Tensor): Float32Array {
    const { initial, asked, logits } = this.#graph;
    const weights = initial.filter((_, i) => i % SLOT === 0);
    const inputs = [...paired(weights, parameters), [asked, x] as const];
    const [said] = this.#session.run([logits], inputs);
    const values = said.dataSync<"float32">();
    said.dispose();
    return values;
  }

  /** Leaves the session to the next stack. */
  dispose(): void {
    pools.get(this.#layers)!.idle.push(this.#session);
  }

  #numbers({ x, points = x }: StackBatch, learningRate: number): tf.Tensor {
    const count = points.shape[1]!;
    return tf.tensor1d([count, ...adamNumbers(learningRate, ++this.#steps)]);
  }

  #training(
    { x, targets, points }: StackBatch,
    numbers: tf.Tensor,
  ): Given[] {
    const graph = this.#graph;
    const { pool } = graph;
    const batch: Given[] = points === undefined
      ? [[graph.x, x], [graph.targets, targets]]
      : [[pool.x, x], [pool.targets, targets], [pool.points, points]];
    return [...batch, [graph.numbers, numbers]];
  }

  #do(output: Output, inputs: readonly Given[]): void {
    this.#session.run([output], inputs)[0].dispose();
  }
}

/** A value of the graph, and what it is in a run. */
type Given = readonly [Output, tf.Tensor];

function paired(
  outputs: readonly Output[],
  tensors: readonly tf.Tensor[],
): Given[] {
  return outputs.map((output, i) => [output, tensors[i]]);
}
