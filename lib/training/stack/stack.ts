import { tf } from "../../engine/engine.ts";
import type { Feed, Output, Session } from "../../engine/graph.ts";
import { adamNumbers } from "../optimizer.ts";
import { StackGraph } from "./stack_graph.ts";

/** A training batch of a stack; the targets of each point sum to 1. */
export interface StackBatch {
  /** `[replicas, 1, n, in]` */
  readonly x: tf.Tensor;
  /** `[replicas, 1, classes, n]` */
  readonly targets: tf.Tensor;
  /** `[replicas, batch]` int32, indices of the batch's points (all points). */
  readonly points?: tf.Tensor;
}

/** Validation data of a stack, shared by all networks. */
export interface StackValidation {
  /** `[1, 1, n, in]` */
  readonly x: tf.Tensor;
  /** `[1, 1, classes, n]`; the targets of each point sum to 1. */
  readonly targets: tf.Tensor;
  /** `[replicas]`, the smallest loss of each network so far. */
  readonly best: Float32Array;
}

/** Sessions for networks with the same number of layers, reused by later stacks. */
class Sessions {
  static readonly #all = new Map<number, Sessions>();
  readonly graph: StackGraph;
  /** Sessions that no stack uses. */
  readonly #idle: Session[] = [];

  private constructor(layers: number) {
    this.graph = new StackGraph(layers);
  }

  /** @param parameters weights and biases of each layer */
  static of(parameters: readonly tf.Tensor[]): Sessions {
    const layers = parameters.length / 2;
    const known = Sessions.#all.get(layers) ?? new Sessions(layers);
    Sessions.#all.set(layers, known);
    return known;
  }

  take(): Session {
    return this.#idle.pop() ?? this.graph.open();
  }

  release(session: Session): void {
    this.#idle.push(session);
  }
}

/**
 * Fully connected networks that are computed together, all at the same step of Adam,
 * with the best weights of each network so far.
 */
export class Stack {
  readonly #sessions: Sessions;
  readonly #session: Session;
  #steps = 0;
  #disposed = false;

  /** @param parameters of each layer, in the shapes of `stacked_mlp.ts` */
  constructor(parameters: readonly tf.Tensor[]) {
    this.#sessions = Sessions.of(parameters);
    this.#session = this.#sessions.take();
    const { started, weights } = this.#sessions.graph;
    this.#do(started, paired(weights, parameters));
  }

  /** One step of Adam. */
  step(batch: StackBatch, learningRate: number): void {
    const { stepped } = this.#sessions.graph;
    const numbers = this.#numbers(batch, learningRate);
    this.#do(stepped, this.#training(batch, numbers));
    numbers.dispose();
  }

  /**
   * One step of Adam, then validation. Networks whose validation loss is below their
   * best loss store their weights as the best ones.
   *
   * @returns validation losses, `[replicas]`
   */
  stepAndValidate(
    batch: StackBatch,
    { x, targets, best }: StackValidation,
    learningRate: number,
  ): Float32Array {
    const { graph } = this.#sessions;
    const numbers = this.#numbers(batch, learningRate);
    const bests = tf.tensor1d(best);
    const [losses] = this.#session.run([graph.losses], [
      ...this.#training(batch, numbers),
      [graph.validationX, x],
      [graph.validationTargets, targets],
      [graph.bestLosses, bests],
    ]);
    const values = losses.dataSync<"float32">();
    tf.dispose([losses, bests, numbers]);
    return values;
  }

  /**
   * Keeps some networks and drops the others.
   *
   * @param places `[kept]` int32, indices of the networks to keep, in their new order
   */
  keep(places: tf.Tensor1D): void {
    const { graph } = this.#sessions;
    this.#do(graph.packed, [[graph.places, places]]);
  }

  /** The best parameters of the networks with these indices; the caller owns them. */
  best(places: tf.Tensor1D): tf.Tensor[] {
    const { graph } = this.#sessions;
    return this.#session.run(graph.best, [[graph.places, places]]);
  }

  /** Adds all networks of another stack, which is at the same step. */
  join(other: Stack): void {
    const { state, others, joined } = this.#sessions.graph;
    const theirs = other.#session.run(state, []);
    this.#do(joined, paired(others, theirs));
    tf.dispose(theirs);
  }

  /** Releases the session for later stacks. */
  dispose(): void {
    if (!this.#disposed) this.#sessions.release(this.#session);
    this.#disposed = true;
  }

  #numbers({ x, points }: StackBatch, learningRate: number): tf.Tensor {
    const count = points?.shape[1] ?? x.shape[2]!;
    return tf.tensor1d([count, ...adamNumbers(learningRate, ++this.#steps)]);
  }

  #training({ x, targets, points }: StackBatch, numbers: tf.Tensor): Feed[] {
    const { graph } = this.#sessions;
    const { pool } = graph;
    const batch: Feed[] = points === undefined
      ? [[graph.x, x], [graph.targets, targets]]
      : [[pool.x, x], [pool.targets, targets], [pool.points, points]];
    return [...batch, [graph.numbers, numbers]];
  }

  #do(output: Output, inputs: readonly Feed[]): void {
    this.#session.run([output], inputs)[0].dispose();
  }
}

/**
 * The logits of all networks for the same points.
 *
 * @param parameters of each layer, in the shapes of `stacked_mlp.ts`
 * @param x `[1, 1, n, in]`
 * @returns `[replicas, 1, n, classes]`
 */
export function queryStack(
  parameters: readonly tf.Tensor[],
  x: tf.Tensor,
): Float32Array {
  const sessions = Sessions.of(parameters);
  const { graph } = sessions;
  const session = sessions.take();
  try {
    const weights = paired(graph.weights, parameters);
    const [logits] = session
      .run([graph.logits], [...weights, [graph.query, x]]);
    const values = logits.dataSync<"float32">();
    logits.dispose();
    return values;
  } finally {
    sessions.release(session);
  }
}

function paired(
  outputs: readonly Output[],
  tensors: readonly tf.Tensor[],
): Feed[] {
  return outputs.map((output, i) => [output, tensors[i]]);
}
