import { BadInput } from "../bad_input.ts";
import { dashed } from "../number_rules.ts";
import {
  METHOD_NAMES,
  type MethodName,
  type MethodNumbers,
  numbersOf,
} from "../smoothing/method.ts";
import {
  isLossName,
  LOSS_NAMES,
  type LossName,
  type LossNumbers,
  lossNumbers,
} from "../training/loss_spec.ts";

/** A way to train by its name: targets, or a loss on hard labels. */
export type TrainedBy = MethodName | LossName;

/** A number of the methods or losses that is tried at several values. */
export type AxisName =
  | Exclude<keyof MethodNumbers, "scores">
  | keyof LossNumbers;

/** The values of each number that are tried. */
export type GridAxes = Readonly<
  Partial<Record<AxisName, readonly number[] | undefined>>
>;

/** A method, and those of its numbers that have an axis. */
export interface GridPoint {
  readonly method: TrainedBy;
  readonly numbers: Readonly<Partial<Record<AxisName, number>>>;
}

/**
 * The grids of the published study's real data (its Appendix C); lambda is not
 * in it and has this project's. A number of a loss has none: unless it has an
 * axis, its default is tried alone.
 */
export const GRIDS = {
  epsilon: [0.01, 0.05, 0.1, 0.15, 0.2],
  temperature: [1, 2, 4, 8, 16],
  p1: [0.975, 0.95, 0.925, 0.9, 0.85],
  p2: [0.75, 1, 1.25, 1.5, 2],
  lambda: [0.1, 0.3, 0.5, 0.7, 0.9, 1],
} as const satisfies GridAxes;

/** What a grid is made of. */
export interface GridOptions {
  /** Axes that are given; a number without one has that of `GRIDS`. */
  readonly axes: GridAxes;
  /** The scores that all methods take that take scores. */
  readonly scores?: string | undefined;
}

/**
 * Every combination of a method's own numbers, for each method in turn, the
 * first number of a method changing slowest. A method has no axis that would
 * change nothing in it, and the points at which a method or loss is the plain
 * cross-entropy are one.
 *
 * @throws {BadInput} for a given axis, or scores, that no method uses
 *
 * @example
 * ```ts
 * import { gridPoints } from "./grid.ts";
 * const axes = { epsilon: [0.05, 0.1], temperature: [1, 2] };
 * gridPoints(["ce", "ls", "ils2"], { axes }).length; // 1 + 2 + 4
 * ```
 */
export function gridPoints(
  methods: readonly TrainedBy[],
  { axes, scores }: GridOptions,
): GridPoint[] {
  const given = { ...axes, ...(scores === undefined ? {} : { scores }) };
  checkUsed(methods, given, scores);
  const values: GridAxes = { ...GRIDS, ...withoutUndefined(axes) };
  return methods.flatMap((method) => {
    const names = axesOf(method, scores).filter((name) => values[name]);
    const points = names.reduce<GridPoint["numbers"][]>(
      (before, name) =>
        before.flatMap((numbers) =>
          values[name]!.map((value) => ({ ...numbers, [name]: value }))
        ),
      [{}],
    );
    const plain = points.find(takesNothing);
    return points
      .filter((numbers) => !takesNothing(numbers) || numbers === plain)
      .map((numbers) => ({ method, numbers }));
  });
}

/** Any of these at 0 leaves the plain cross-entropy, whatever the others. */
const AMOUNTS: readonly AxisName[] = [
  ...["epsilon", "p2", "maxEpsilon", "lambda"] as const,
  ...["betaWeight", "mblsAlpha"] as const,
];

function takesNothing(numbers: GridPoint["numbers"]): boolean {
  return AMOUNTS.some((name) => numbers[name] === 0);
}

/** The numbers that change something in a method's targets. */
function axesOf(method: TrainedBy, scores: string | undefined): AxisName[] {
  const takes = takenBy(method);
  // Scores of logits that are shifted are not divided by anything.
  const shifted = scores === "shifted-logits" && takes.includes("scores");
  return takes.filter((name): name is AxisName =>
    name !== "scores" && !(shifted && name === "temperature")
  );
}

/** The numbers that a method or loss takes, the slowest axis first. */
function takenBy(name: TrainedBy): readonly (AxisName | "scores")[] {
  return isLossName(name)
    ? Object.keys(lossNumbers(name)) as AxisName[]
    : numbersOf(name);
}

function checkUsed(
  methods: readonly TrainedBy[],
  given: Readonly<Record<string, unknown>>,
  scores: string | undefined,
): void {
  const usedBy = (candidates: readonly TrainedBy[], name: string) =>
    candidates.filter((method) =>
      name === "scores"
        ? takenBy(method).includes(name)
        : axesOf(method, scores).includes(name as AxisName)
    );
  const shifted = scores === "shifted-logits";
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || usedBy(methods, name).length > 0) continue;
    const all = [...METHOD_NAMES, ...LOSS_NAMES];
    const takers = usedBy(all, name).join(", ");
    throw new BadInput(
      `None of the methods ${methods.join(", ")} uses --${dashed(name)}` +
        (shifted && name !== "scores" ? ` with --scores ${scores}` : "") +
        `: it belongs to ${takers}`,
    );
  }
}

function withoutUndefined(axes: GridAxes): GridAxes {
  return Object.fromEntries(
    Object.entries(axes).filter(([, values]) => values !== undefined),
  );
}
