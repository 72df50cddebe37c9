/**
 * Operations of a graph on stacks of networks. The first axis of each value is the
 * replica; no operation mixes replicas. The second has a length of 1, as oneDNN's
 * product with biases takes four axes.
 */
import { attribute, FLOAT, INT32 } from "../../engine/attributes.ts";
import { usesOneDnn } from "../../engine/engine.ts";
import type { Graph, Output } from "../../engine/graph.ts";

const T = attribute.type("T", FLOAT);
const KEEP = [T, attribute.bool("keep_dims", true)];
const INDEX = attribute.type("Tindices", INT32);
const PARAMS = attribute.type("Tparams", FLOAT);
const AXIS = attribute.type("Taxis", INT32);

/** Which factor of a product is transposed. */
type Form = "plain" | "left" | "right";

/** Operations on stacks in one graph. */
export class StackOps {
  readonly #graph: Graph;
  readonly #axes: readonly Output[];
  readonly #one: Output;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#axes = [0, 1, 2, 3].map((axis) => graph.integer(axis));
    this.#one = graph.scalar(1);
  }

  /**
   * The matrix product of each replica.
   *
   * @param a `[replicas, 1, n, k]`; `[replicas, 1, k, n]` where it is transposed
   * @param b `[replicas, 1, k, m]`; `[replicas, 1, m, k]` where it is transposed
   * @returns `[replicas, 1, n, m]`
   */
  product(a: Output, b: Output, form: Form = "plain"): Output {
    return this.#call("BatchMatMulV2", [T, ...transposed(form)], [a, b]);
  }

  /**
   * The product of each replica plus biases. oneDNN adds them within the product,
   * with the same rounding; its operation multiplies by a scalar first, here 1.
   *
   * @param a `[replicas, 1, n, k]`, or `[1, 1, n, k]` for all replicas
   * @param b `[replicas, 1, k, m]`
   * @param biases `[replicas, 1, 1, m]`
   * @returns `[replicas, 1, n, m]`
   */
  affine(a: Output, b: Output, biases: Output): Output {
    if (!usesOneDnn) return this.add(this.product(a, b), biases);
    return this.#call("_MklFusedBatchMatMulV2", [
      T,
      ...transposed("plain"),
      attribute.int("num_args", 2),
      attribute.string("fused_ops", ["Mul", "Add"]),
    ], [a, b, this.#one, biases]);
  }

  /** Element-wise, with broadcasting. */
  add(a: Output, b: Output): Output {
    return this.#call("AddV2", [T], [a, b]);
  }

  subtract(a: Output, b: Output): Output {
    return this.#call("Sub", [T], [a, b]);
  }

  multiply(a: Output, b: Output): Output {
    return this.#call("Mul", [T], [a, b]);
  }

  divide(a: Output, b: Output): Output {
    return this.#call("RealDiv", [T], [a, b]);
  }

  exp(x: Output): Output {
    return this.#call("Exp", [T], [x]);
  }

  log(x: Output): Output {
    return this.#call("Log", [T], [x]);
  }

  /** Zeros in the shape of `x`. */
  zeros(x: Output): Output {
    return this.#call("ZerosLike", [T], [x]);
  }

  /** `max(x, 0)`. */
  relu(x: Output): Output {
    return this.#call("Relu", [T], [x]);
  }

  /** The gradient with respect to the input of a ReLU with output `y`. */
  reluGradient(gradient: Output, y: Output): Output {
    return this.#call("ReluGrad", [T], [gradient, y]);
  }

  /** The sum over one axis, which keeps a length of 1. */
  sum(x: Output, axis: number): Output {
    return this.#call("Sum", KEEP, [x, this.#axes[axis]]);
  }

  /** The maximum over one axis, which keeps a length of 1. */
  max(x: Output, axis: number): Output {
    return this.#call("Max", KEEP, [x, this.#axes[axis]]);
  }

  /** The mean of all values of each replica, `[replicas]`. */
  means(x: Output): Output {
    const axes = this.#graph.integers([1, 2, 3]);
    return this.#call("Mean", [T, attribute.bool("keep_dims", false)], [
      x,
      axes,
    ]);
  }

  /** Swaps the last two axes. */
  transpose(x: Output): Output {
    const order = this.#graph.integers([0, 1, 3, 2]);
    return this.#call("Transpose", [T], [x, order]);
  }

  /** Selects replicas by indices `[kept]` of the given integer type, in that order. */
  replicas(x: Output, places: Output, type = INT32): Output {
    const attributes = [PARAMS, attribute.type("Tindices", type), AXIS];
    return this.#call("GatherV2", attributes, [x, places, this.#axes[0]]);
  }

  /** The replicas of two stacks, one after the other. */
  concat(stacks: readonly [Output, Output]): Output {
    const attributes = [T, attribute.int("N", stacks.length)];
    return this.#call("ConcatV2", attributes, [...stacks, this.#axes[0]]);
  }

  /**
   * Selects points per replica.
   *
   * @param x `[replicas, 1, pool, m]` for `axis` 2, `[replicas, 1, m, pool]` for 3
   * @param points `[replicas, n]` int32
   */
  points(x: Output, points: Output, axis: 2 | 3): Output {
    return this.#call(
      "GatherV2",
      [PARAMS, INDEX, AXIS, attribute.int("batch_dims", 1)],
      [x, points, this.#axes[axis]],
    );
  }

  #call(
    name: string,
    attributes: Parameters<Graph["op"]>[1],
    inputs: readonly Output[],
  ): Output {
    return this.#graph.op(name, attributes, inputs)[0];
  }
}

function transposed(form: Form) {
  return [
    attribute.bool("adj_x", form === "left"),
    attribute.bool("adj_y", form === "right"),
  ];
}
