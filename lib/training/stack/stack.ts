import { tf } from "../../engine/engine.ts";
import type { Feed, Output, Session } from "../../engine/graph.ts";
import { adamNumbers } from "../optimizer.ts";
import { StackGraph } from "./stack_graph.ts";

/** What a stack trains on; classes of a point's targets sum to 1. */
export interface StackBatch {
  /** `[replicas, n, in]` */
  readonly x: tf.Tensor;
  /** `[replicas, classes, n]` */
  readonly targets: tf.Tensor;
  /** `[replicas, batch]` int32, the points of a batch; all unless given. */
  readonly points?: tf.Tensor;
}

/** By what networks are judged. */
export interface StackValidation {
  /** `[1, n, in]` */
  readonly x: tf.Tensor;
  /** `[1, classes, n]`, classes of a point sum to 1. */
  readonly targets: tf.Tensor;
  /** `[replicas]`, losses to be below. */
  readonly best: Float32Array;
}

/** Sessions of networks of some layers, which live as long as the process. */
class Sessions {
  static readonly #all = new Map<number, Sessions>();
  readonly graph: StackGraph;
  /** Those that no stack has. */
  readonly #idle: Session[] = [];

  private constructor(layers: number) {
    this.graph = new StackGraph(layers);
  }

  /** @param parameters a weight and a bias a layer */
  static of(parameters: readonly tf.Tensor[]): Sessions {
    const layers = parameters.length / 2;
    const known = Sessions.#all.get(layers) ?? new Sessions(layers);
    Sessions.#all.set(layers, known);
    return known;
  }

  take(): Session {
    return this.#idle.pop() ?? this.graph.open();
  }

  leave(session: Session): void {
    this.#idle.push(session);
  }
}

/**
 * Fully connected networks that are computed together, all at the same step of
 * their Adam, with the best weights of each.
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
    const { graph } = this.#sessions;
    const zeros = parameters.map((value) => tf.zerosLike(value));
    const state = graph.stateOf(parameters, zeros);
    this.#do(graph.started, paired(graph.initial, state));
    tf.dispose(zeros);
  }

  /** One step of Adam. */
  step(batch: StackBatch, learningRate: number): void {
    const { stepped } = this.#sessions.graph;
    const numbers = this.#numbers(batch, learningRate);
    this.#do(stepped, this.#training(batch, numbers));
    numbers.dispose();
  }

  /**
   * A step, after which each network is judged, and its weights kept as the
   * best if its loss is below what it was.
   *
   * @returns the losses, `[replicas]`
   */
  stepAndJudge(
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
   * Keeps some networks and lets the others go.
   *
   * @param places int32, those that stay, in their new order
   */
  keep(places: tf.Tensor1D): void {
    const { graph } = this.#sessions;
    this.#do(graph.packed, [[graph.places, places]]);
  }

  /** The best parameters of networks at some places; the caller owns them. */
  best(places: tf.Tensor1D): tf.Tensor[] {
    const { graph } = this.#sessions;
    return this.#session.run(graph.best, [[graph.places, places]]);
  }

  /** Takes in all of another stack of such networks, at the same step. */
  join(other: Stack): void {
    const { state, initial, joined } = this.#sessions.graph;
    const theirs = other.#session.run(state, []);
    this.#do(joined, paired(initial, theirs));
    tf.dispose(theirs);
  }

  /** Leaves the session to the next stack. */
  dispose(): void {
    if (!this.#disposed) this.#sessions.leave(this.#session);
    this.#disposed = true;
  }

  #numbers({ x, points = x }: StackBatch, learningRate: number): tf.Tensor {
    const count = points.shape[1]!;
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
 * What networks say of the same points.
 *
 * @param parameters of each layer, in the shapes of `stacked_mlp.ts`
 * @param x `[1, n, in]`
 * @returns `[replicas, n, classes]`
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
      .run([graph.logits], [...weights, [graph.asked, x]]);
    const values = logits.dataSync<"float32">();
    logits.dispose();
    return values;
  } finally {
    sessions.leave(session);
  }
}

function paired(
  outputs: readonly Output[],
  tensors: readonly tf.Tensor[],
): Feed[] {
  return outputs.map((output, i) => [output, tensors[i]]);
}
