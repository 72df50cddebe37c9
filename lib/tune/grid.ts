import { BadSetting, type NumberRule } from "../setting_rules.ts";
import {
  METHOD_NAMES,
  METHOD_NUMBERS,
  type MethodName,
  type MethodNumbers,
  numbersOf,
} from "../smoothing/method.ts";
import {
  isLossName,
  LOSS_NAMES,
  LOSS_NUMBERS,
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

/** The rules of all numbers of methods and losses. */
export const AXES: Readonly<Record<AxisName, NumberRule>> = {
  ...METHOD_NUMBERS,
  ...LOSS_NUMBERS,
};

/**
 * The values of each number that are tried unless others are given. A number
 * without any has one value, its default.
 */
export const GRIDS: GridAxes = Object.fromEntries(
  Object.entries(AXES).flatMap(([name, { grid }]) =>
    grid === undefined ? [] : [[name, grid]]
  ),
);

/** The title of a number in tables and figures: `p1` is "P1". */
export function numberTitle(name: string): string {
  return Object.hasOwn(AXES, name)
    ? AXES[name as AxisName].title ?? name
    : name;
}

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
 * @throws {BadSetting} for a given axis, or scores, that no method uses
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

function takesNothing(numbers: GridPoint["numbers"]): boolean {
  return Object.entries(numbers).some(([name, value]) =>
    value === 0 && AXES[name as AxisName].plainAtZero
  );
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
    const withScores = shifted && name !== "scores";
    throw new BadSetting((nameOf) =>
      `None of the methods ${methods.join(", ")} uses ${nameOf(name)}` +
      (withScores ? ` with ${nameOf("scores")} ${scores}` : "") +
      `: it belongs to ${takers}`
    );
  }
}

function withoutUndefined(axes: GridAxes): GridAxes {
  return Object.fromEntries(
    Object.entries(axes).filter(([, values]) => values !== undefined),
  );
}
