import { BadSetting, type NumberRule } from "../setting_rules.ts";
import {
  METHOD_NAMES,
  methodForms,
  type MethodName,
} from "../smoothing/method.ts";
import { givenForms } from "../smoothing/method_form.ts";
import {
  METHOD_NUMBERS,
  type MethodNumbers,
} from "../smoothing/method_numbers.ts";
import {
  isLossName,
  LOSS_NAMES,
  LOSS_NUMBERS,
  type LossName,
  type LossNumbers,
  lossNumbers,
} from "../training/loss_spec.ts";

/** The name of a method: one that makes targets, or a loss on hard labels. */
export type TrainedBy = MethodName | LossName;

/**
 * A hyperparameter of methods or losses that can have several values in a grid.
 */
export type AxisName =
  | Exclude<keyof MethodNumbers, "scores">
  | keyof LossNumbers;

/** The values to try for each number. */
export type GridAxes = Readonly<
  Partial<Record<AxisName, readonly number[] | undefined>>
>;

/** A method and its numbers that have an axis. */
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
 * The values of each number that are tried by default. A number that is missing
 * here has a single value, its default.
 */
export const GRIDS: GridAxes = Object.fromEntries(
  Object.entries(AXES).flatMap(([name, { grid }]) =>
    grid === undefined ? [] : [[name, grid]]
  ),
);

/** Returns the title of a number in tables and figures: `p1` is "P1". */
export function numberTitle(name: string): string {
  return Object.hasOwn(AXES, name)
    ? AXES[name as AxisName].title ?? name
    : name;
}

/** Options of `gridPoints()`. */
export interface GridOptions {
  /** Axes that replace those of `GRIDS`. */
  readonly axes: GridAxes;
  /** The `scores` of all methods that have this setting. */
  readonly scores?: string | undefined;
}

/**
 * Returns every combination of a method's numbers, method by method; a method's
 * first number changes slowest. Axes that have no effect on a method are left
 * out, and all points at which a method or loss equals the plain cross-entropy
 * count as one. A method with several forms has the points of those that a given
 * axis belongs to, by default of the first.
 *
 * @throws {BadSetting} if no method uses a given axis, or the scores
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { gridPoints } from "./grid.ts";
 * const axes = { epsilon: [0.05, 0.1], temperature: [1, 2] };
 * const points = gridPoints(["ce", "ls", "ils2"], { axes });
 * strictEqual(points.length, 1 + 2 + 4);
 * ```
 */
export function gridPoints(
  methods: readonly TrainedBy[],
  { axes, scores }: GridOptions,
): GridPoint[] {
  const settings = { ...axes, ...(scores === undefined ? {} : { scores }) };
  checkUsed(methods, settings, scores);
  const values: GridAxes = { ...GRIDS, ...withoutUndefined(axes) };
  return methods.flatMap((method) => {
    const points = formsTried(method, axes).flatMap((form) =>
      combinations(axesOf(form, scores), values)
    );
    const plain = points.find(isPlain);
    return points
      .filter((numbers) => !isPlain(numbers) || numbers === plain)
      .map((numbers) => ({ method, numbers }));
  });
}

/** Every combination of the axes that have values; the first changes slowest. */
function combinations(
  names: readonly AxisName[],
  values: GridAxes,
): GridPoint["numbers"][] {
  return names.filter((name) => values[name]).reduce<GridPoint["numbers"][]>(
    (before, name) =>
      before.flatMap((numbers) =>
        values[name]!.map((value) => ({ ...numbers, [name]: value }))
      ),
    [{}],
  );
}

function isPlain(numbers: GridPoint["numbers"]): boolean {
  return Object.entries(numbers).some(([name, value]) =>
    value === 0 && AXES[name as AxisName].plainAtZero
  );
}

/** Returns the numbers of a form that have an effect on its targets. */
function axesOf(form: object, scores: string | undefined): AxisName[] {
  const names = Object.keys(form);
  // Shifted logits are not divided by a temperature.
  const shifted = scores === "shifted-logits" && names.includes("scores");
  return names.filter((name): name is AxisName =>
    name !== "scores" && !(shifted && name === "temperature")
  );
}

/** Returns the sets of numbers of a method or loss, slowest axis first. */
function formsOf(name: TrainedBy): readonly object[] {
  return isLossName(name) ? [lossNumbers(name)] : methodForms(name);
}

/** Returns the forms that a given axis belongs to, by default the first. */
function formsTried(name: TrainedBy, axes: GridAxes): readonly object[] {
  const given = isLossName(name) ? [] : givenForms(name, axes);
  return given.length > 0 ? given : [formsOf(name)[0]];
}

function checkUsed(
  methods: readonly TrainedBy[],
  settings: Readonly<Record<string, unknown>>,
  scores: string | undefined,
): void {
  const usedBy = (candidates: readonly TrainedBy[], name: string) =>
    candidates.filter((method) =>
      formsOf(method).some((form) =>
        name === "scores"
          ? Object.hasOwn(form, name)
          : axesOf(form, scores).includes(name as AxisName)
      )
    );
  const shifted = scores === "shifted-logits";
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined || usedBy(methods, name).length > 0) continue;
    const all = [...METHOD_NAMES, ...LOSS_NAMES];
    const users = usedBy(all, name).join(", ");
    const withScores = shifted && name !== "scores";
    throw new BadSetting((nameOf) =>
      `None of the methods ${methods.join(", ")} uses ${nameOf(name)}` +
      (withScores ? ` with ${nameOf("scores")} ${scores}` : "") +
      `: it belongs to ${users}`
    );
  }
}

function withoutUndefined(axes: GridAxes): GridAxes {
  return Object.fromEntries(
    Object.entries(axes).filter(([, values]) => values !== undefined),
  );
}
