/**
 * What a stack of networks is computed with, as operations of a graph: each
 * value has the replicas as its first axis, and none mixes them.
 */
import { attribute, FLOAT, INT32 } from "../../engine/engine.ts";
import type { Graph, Output } from "../../engine/graph.ts";

const T = attribute.type("T", FLOAT);
const KEEP = [T, attribute.bool("keep_dims", true)];
const INDEX = attribute.type("Tindices", INT32);
const PARAMS = attribute.type("Tparams", FLOAT);
const AXIS = attribute.type("Taxis", INT32);

/** Which factor of a product is transposed. */
type Form = "plain" | "left" | "right" | "both";

/** Operations on stacks in one graph. */
export class StackOps {
  readonly #graph: Graph;
  readonly #axes: readonly Output[];

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#axes = [0, 1, 2].map((axis) => graph.integer(axis));
  }

  /**
   * The matrix product of each replica.
   *
   * @param a `[replicas, n, k]`; `[replicas, k, n]` where it is transposed
   * @param b `[replicas, k, m]`; `[replicas, m, k]` where it is transposed
   * @returns `[replicas, n, m]`
   */
  product(a: Output, b: Output, form: Form = "plain"): Output {
    return this.#one("BatchMatMulV2", [
      T,
      attribute.bool("adj_x", form === "left" || form === "both"),
      attribute.bool("adj_y", form === "right" || form === "both"),
    ], [a, b]);
  }

  /** Of one shape, or one of length 1 along an axis. */
  add(a: Output, b: Output): Output {
    return this.#one("AddV2", [T], [a, b]);
  }

  subtract(a: Output, b: Output): Output {
    return this.#one("Sub", [T], [a, b]);
  }

  multiply(a: Output, b: Output): Output {
    return this.#one("Mul", [T], [a, b]);
  }

  divide(a: Output, b: Output): Output {
    return this.#one("RealDiv", [T], [a, b]);
  }

  exp(x: Output): Output {
    return this.#one("Exp", [T], [x]);
  }

  log(x: Output): Output {
    return this.#one("Log", [T], [x]);
  }

  /** `max(x, 0)`. */
  relu(x: Output): Output {
    return this.#one("Relu", [T], [x]);
  }

  /** The gradient ahead of a ReLU whose output was `y`. */
  reluGradient(gradient: Output, y: Output): Output {
    return this.#one("ReluGrad", [T], [gradient, y]);
  }

  /** Over one axis, which stays with a length of 1. */
  sum(x: Output, axis: number): Output {
    return this.#one("Sum", KEEP, [x, this.#axes[axis]]);
  }

  /** Over one axis, which stays with a length of 1. */
  max(x: Output, axis: number): Output {
    return this.#one("Max", KEEP, [x, this.#axes[axis]]);
  }

  /** Of all of a replica's values, `[replicas]`. */
  means(x: Output): Output {
    const axes = this.#graph.integers([1, 2]);
    return this.#one("Mean", [T, attribute.bool("keep_dims", false)], [
      x,
      axes,
    ]);
  }

  /** The last two axes change places. */
  transpose(x: Output): Output {
    const order = this.#graph.integers([0, 2, 1]);
    return this.#one("Transpose", [T], [x, order]);
  }

  /** Replicas by their places, `[kept]` of the type given, in that order. */
  replicas(x: Output, places: Output, type = INT32): Output {
    const attributes = [PARAMS, attribute.type("Tindices", type), AXIS];
    return this.#one("GatherV2", attributes, [x, places, this.#axes[0]]);
  }

  /** The replicas of one stack, then those of another. */
  concat(stacks: readonly [Output, Output]): Output {
    const attributes = [T, attribute.int("N", stacks.length)];
    return this.#one("ConcatV2", attributes, [...stacks, this.#axes[0]]);
  }

  /**
   * Each replica's own choice of points.
   *
   * @param x of `axis` 1 `[replicas, pool, m]`, of 2 `[replicas, m, pool]`
   * @param points `[replicas, n]` int32
   */
  points(x: Output, points: Output, axis: 1 | 2): Output {
    return this.#one(
      "GatherV2",
      [PARAMS, INDEX, AXIS, attribute.int("batch_dims", 1)],
      [x, points, this.#axes[axis]],
    );
  }

  #one(
    name: string,
    attributes: Parameters<Graph["op"]>[1],
    inputs: readonly Output[],
  ): Output {
    return this.#graph.op(name, attributes, inputs)[0];
  }
}
