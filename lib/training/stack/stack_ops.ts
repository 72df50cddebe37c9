/**
 * Operations of a graph on stacks of networks. The first axis of each value is the
 * replica; no operation mixes replicas.
 */
import { attribute, FLOAT, INT32 } from "../../engine/attributes.ts";
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

  /** Element-wise, with broadcasting. */
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

  /** The gradient with respect to the input of a ReLU with output `y`. */
  reluGradient(gradient: Output, y: Output): Output {
    return this.#one("ReluGrad", [T], [gradient, y]);
  }

  /** The sum over one axis, which keeps a length of 1. */
  sum(x: Output, axis: number): Output {
    return this.#one("Sum", KEEP, [x, this.#axes[axis]]);
  }

  /** The maximum over one axis, which keeps a length of 1. */
  max(x: Output, axis: number): Output {
    return this.#one("Max", KEEP, [x, this.#axes[axis]]);
  }

  /** The mean of all values of each replica, `[replicas]`. */
  means(x: Output): Output {
    const axes = this.#graph.integers([1, 2]);
    return this.#one("Mean", [T, attribute.bool("keep_dims", false)], [
      x,
      axes,
    ]);
  }

  /** Swaps the last two axes. */
  transpose(x: Output): Output {
    const order = this.#graph.integers([0, 2, 1]);
    return this.#one("Transpose", [T], [x, order]);
  }

  /** Selects replicas by indices `[kept]` of the given integer type, in that order. */
  replicas(x: Output, places: Output, type = INT32): Output {
    const attributes = [PARAMS, attribute.type("Tindices", type), AXIS];
    return this.#one("GatherV2", attributes, [x, places, this.#axes[0]]);
  }

  /** The replicas of two stacks, one after the other. */
  concat(stacks: readonly [Output, Output]): Output {
    const attributes = [T, attribute.int("N", stacks.length)];
    return this.#one("ConcatV2", attributes, [...stacks, this.#axes[0]]);
  }

  /**
   * Selects points per replica.
   *
   * @param x `[replicas, pool, m]` for `axis` 1, `[replicas, m, pool]` for 2
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
