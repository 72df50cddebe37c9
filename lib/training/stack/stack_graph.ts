import {
  attribute,
  BOOL,
  FLOAT,
  INT32,
  INT64,
} from "../../engine/attributes.ts";
import {
  type ControlDependency,
  dependencyOn,
  Graph,
  type Output,
  type Session,
} from "../../engine/graph.ts";
import { StackOps } from "./stack_ops.ts";
import { stackGradients, stackLogits, stackLosses } from "./stacked_mlp.ts";

const dtype = attribute.type("dtype", FLOAT);
const T = attribute.type("T", FLOAT);

/** Variables of one parameter: its value, Adam's moments and the best value so far. */
interface Slot {
  readonly value: Output;
  readonly mean: Output;
  readonly square: Output;
  readonly best: Output;
}

/**
 * The TensorFlow graph of a stack of networks with a certain number of layers. Shapes
 * follow from the inputs. Inputs are named after their content, outputs after their
 * effect.
 */
export class StackGraph {
  readonly #graph = new Graph();
  readonly #ops = new StackOps(this.#graph);
  readonly #slots: readonly Slot[];

  /** Values of all variables, in the order of `state`. */
  readonly others: readonly Output[];
  /** The parameters among them. */
  readonly weights: readonly Output[];
  /** Assigns `weights` to the variables; moments are 0. */
  readonly started: Output;
  /** All variables: for each parameter those of `Slot`, in that order. */
  readonly state: readonly Output[];

  /** All training points of the replicas, and indices of a batch, `[replicas, n]`. */
  readonly pool = {
    x: this.#graph.input(),
    targets: this.#graph.input(),
    points: this.#graph.input(INT32),
  };
  /** A batch: points of the pool unless it is fed directly. */
  readonly x = this.#ops.points(this.pool.x, this.pool.points, 2);
  readonly targets = this.#ops.points(this.pool.targets, this.pool.points, 3);
  /** Number of points in a batch, then the scalars of `adamNumbers()`. */
  readonly numbers = this.#graph.input();
  /** Takes one step. */
  readonly stepped: Output;

  readonly validationX = this.#graph.input();
  readonly validationTargets = this.#graph.input();
  /** `[replicas]`; weights with a smaller loss are stored as the best. */
  readonly bestLosses = this.#graph.input();
  /** Takes one step; returns validation losses after it, `[replicas]`. */
  readonly losses: Output;

  /** Indices of replicas, `[kept]` int32. */
  readonly places = this.#graph.input(INT32);
  /** Keeps only the replicas in `places`. */
  readonly packed: Output;
  /** The best weights of the replicas in `places`. */
  readonly best: readonly Output[];
  /** Appends replicas whose variables are `others`. */
  readonly joined: Output;

  /** Points for prediction by all networks, `[1, 1, n, in]`. */
  readonly query = this.#graph.input();
  /** Logits for `query` of networks with parameters `weights`, `[replicas, 1, n, classes]`. */
  readonly logits: Output;

  /** @param layers number of layers, hidden ones and the last */
  constructor(layers: number) {
    const graph = this.#graph;
    const ops = this.#ops;
    const parameters = Array.from({ length: 2 * layers });
    this.#slots = parameters.map(() => ({
      value: graph.variable(),
      mean: graph.variable(),
      square: graph.variable(),
      best: graph.variable(),
    }));
    const variables = this.#slots
      .flatMap(({ value, mean, square, best }) => [value, mean, square, best]);
    this.others = variables.map(() => graph.input());
    this.weights = this.#slots
      .map(({ value }) => this.others[variables.indexOf(value)]);
    this.state = variables.map((variable) => this.#read(variable));
    const kept = this.state.map((all) => ops.replicas(all, this.places));
    const assigned = (values: readonly Output[]) =>
      graph.once(
        variables.map((variable, i) =>
          graph.effect("AssignVariableOp", [dtype], [variable, values[i]])
        ),
      );
    this.started = assigned(this.weights.flatMap((value) => {
      const zeros = ops.zeros(value);
      return [value, zeros, zeros, value];
    }));
    this.packed = assigned(kept);
    this.best = this.#slots.map(({ best }) => kept[variables.indexOf(best)]);
    this.joined = assigned(
      this.state.map((all, i) => ops.concat([all, this.others[i]])),
    );
    const updates = this.#step();
    this.stepped = graph.once(updates);
    this.losses = this.#validate(updates);
    this.logits = ops.transpose(stackLogits(ops, this.query, this.weights));
  }

  /** A session with its own variables. */
  open(): Session {
    return this.#graph.open({ serial: true });
  }

  /**
   * One step of Adam, one operation per parameter. TensorFlow would copy weights that
   * the gradients of the layer before still need, so Adam waits for those.
   */
  #step(): ControlDependency[] {
    const attributes = [T, attribute.int("num", 7)];
    const [count, ...numbers] = this.#graph
      .op("Unpack", attributes, [this.numbers], { outputs: 7 });
    const { x, targets } = this;
    const values = this.#slots.map(({ value }) => this.#read(value));
    const gradients = stackGradients(this.#ops, { x, targets, count }, values);
    return this.#slots.map(({ value, mean, square }, i) =>
      this.#graph.effect("ResourceApplyAdam", [T], [
        value,
        mean,
        square,
        ...numbers,
        gradients[i],
      ], { after: gradients.slice(0, i - i % 2).slice(-1).map(dependencyOn) })
    );
  }

  #validate(updates: readonly ControlDependency[]): Output {
    const graph = this.#graph;
    const ops = this.#ops;
    const values = this.#slots
      .map(({ value }, i) => this.#read(value, [updates[i]]));
    const logits = stackLogits(ops, this.validationX, values);
    const losses = stackLosses(ops, logits, this.validationTargets);
    const better = this.#better(losses);
    const kept = this.#slots.map(({ best }, i) =>
      graph.effect("ResourceScatterUpdate", [
        dtype,
        attribute.type("Tindices", INT64),
      ], [best, better, ops.replicas(values[i], better, INT64)])
    );
    return graph.once(kept, losses);
  }

  /** Indices of the replicas whose loss is below their best, int64. */
  #better(losses: Output): Output {
    const graph = this.#graph;
    const [which] = graph.op("Less", [T], [losses, this.bestLosses]);
    const [places] = graph.op("Where", [attribute.type("T", BOOL)], [which]);
    return graph.op("Reshape", [attribute.type("T", INT64)], [
      places,
      graph.integers([-1]),
    ])[0];
  }

  #read(variable: Output, after: readonly ControlDependency[] = []): Output {
    return this.#graph.op("ReadVariableOp", [dtype], [variable], { after })[0];
  }
}
