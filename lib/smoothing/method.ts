import {
  type Amounts,
  constantAmounts,
  constantOrQuadraticAmounts,
  inverseAmounts,
  mixtureAmounts,
  noAmounts,
  proportionalAmounts,
  quadraticAmounts,
  type QuadraticOptions,
} from "./amount.ts";
import { classMeanShapes, shrunkShapes } from "./class_shapes.ts";
import type { MethodNumbers } from "./method_numbers.ts";
import type { ScoresOptions } from "./scores.ts";
import {
  allShapes,
  scoresShapes,
  type Shapes,
  teacherShapes,
  wrongShapes,
} from "./shape.ts";

/**
 * A method that builds targets, with its settings. Each combines an amount, the
 * mass that leaves the true class, with a shape, the distribution of that mass.
 */
export type MethodSpec =
  | { readonly name: "ce" }
  | {
    readonly name: "ls";
    /** Mass taken from the true class, in [0, 1). */
    readonly epsilon: number;
  }
  | {
    readonly name: "cls" | "ils2";
    readonly epsilon: number;
    /** Divisor of the teacher's logits, greater than 0. */
    readonly temperature: number;
  }
  | (
    & { readonly name: "ils" | "ils-even" | "ils-inverse-even" | "ils-inverse" }
    & { readonly epsilon: number }
    & ScoresOptions
  )
  | ({ readonly name: "ils1" } & QuadraticOptions)
  | (
    & { readonly name: "ilsq"; readonly temperature: number }
    & QuadraticOptions
  )
  | (
    & {
      readonly name: "ils-shrunk";
      /** Weight of the instance's shape, in [0, 1]; its class's has the rest. */
      readonly shrink: number;
      readonly temperature: number;
    }
    & ({ readonly epsilon: number } | QuadraticOptions)
  )
  | {
    readonly name: "mix";
    /** Weight of the teacher, in [0, 1]; the label has the rest. */
    readonly lambda: number;
  }
  | {
    readonly name: "self-distillation";
    /** As in `mix`. */
    readonly lambda: number;
    readonly temperature: number;
  };

/** The name of a method. */
export type MethodName = MethodSpec["name"];

/** The definition of a method. */
interface Method<Spec> {
  /**
   * The settings that it uses, with the defaults of `ils train`; in a search the
   * first one changes slowest.
   */
  readonly takes: Settings<Spec>;
  /** Other settings that it can have instead. */
  readonly orTakes?: Settings<Spec>;
  /** What it needs from a teacher; logits by default. */
  readonly teacher?: "nothing";
  readonly amounts: Amounts<Spec>;
  readonly shapes: Shapes<Spec>;
}

type Settings<Spec> = Spec extends unknown ? Omit<Spec, "name"> : never;

const PROPORTIONAL = {
  epsilon: 0.1,
  temperature: 1,
  scores: "probabilities",
} as const;
const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };
const SHRUNK = { shrink: 0.5, temperature: 1 };

/** All methods by name. */
const METHODS: {
  readonly [Name in MethodName]: Method<MethodSpec & { readonly name: Name }>;
} = {
  "ce": {
    takes: {},
    teacher: "nothing",
    amounts: noAmounts,
    shapes: allShapes,
  },
  "ls": {
    takes: { epsilon: 0.1 },
    teacher: "nothing",
    amounts: constantAmounts,
    shapes: allShapes,
  },
  "cls": {
    takes: { epsilon: 0.1, temperature: 1 },
    amounts: constantAmounts,
    shapes: classMeanShapes,
  },
  "ils": {
    takes: PROPORTIONAL,
    amounts: proportionalAmounts,
    shapes: scoresShapes,
  },
  "ils1": {
    takes: QUADRATIC,
    amounts: quadraticAmounts,
    shapes: wrongShapes,
  },
  "ils2": {
    takes: { epsilon: 0.1, temperature: 1 },
    amounts: constantAmounts,
    shapes: teacherShapes,
  },
  "ilsq": {
    takes: { ...QUADRATIC, temperature: 1 },
    amounts: quadraticAmounts,
    shapes: teacherShapes,
  },
  "ils-even": {
    takes: PROPORTIONAL,
    amounts: proportionalAmounts,
    shapes: wrongShapes,
  },
  "ils-inverse-even": {
    takes: PROPORTIONAL,
    amounts: inverseAmounts,
    shapes: wrongShapes,
  },
  "ils-inverse": {
    takes: PROPORTIONAL,
    amounts: inverseAmounts,
    shapes: scoresShapes,
  },
  "ils-shrunk": {
    takes: { epsilon: 0.1, ...SHRUNK },
    orTakes: { ...QUADRATIC, ...SHRUNK },
    amounts: constantOrQuadraticAmounts,
    shapes: shrunkShapes,
  },
  "mix": {
    takes: { lambda: 0.5 },
    amounts: ({ lambda }, samples) =>
      mixtureAmounts({ lambda, temperature: 1 }, samples),
    shapes: (_, samples) => teacherShapes({ temperature: 1 }, samples),
  },
  "self-distillation": {
    takes: { lambda: 1, temperature: 1 },
    amounts: mixtureAmounts,
    shapes: teacherShapes,
  },
};

/** The names of all methods. */
export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** Whether a text is the name of a method. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

/**
 * The sets of settings that a method can have, most often one, with the defaults of
 * `ils train`.
 */
export function methodForms(name: MethodName): readonly MethodNumbers[] {
  const { takes, orTakes } = METHODS[name] as Method<MethodSpec>;
  return orTakes === undefined ? [takes] : [takes, orTakes];
}

/** The settings of a method, in its first form, with the defaults of `ils train`. */
export function trainingNumbers(name: MethodName): MethodNumbers {
  return methodForms(name)[0];
}

/** The keys of `trainingNumbers()`, the slowest axis of a grid first. */
export function numbersOf(name: MethodName): readonly (keyof MethodNumbers)[] {
  return Object.keys(trainingNumbers(name)) as (keyof MethodNumbers)[];
}

/** The amounts and shapes of a method's targets. */
export function methodRules(
  { name }: MethodSpec,
): Pick<Method<MethodSpec>, "amounts" | "shapes"> {
  return METHODS[name] as Method<MethodSpec>;
}

/**
 * Whether a method builds its targets from a teacher's logits, as `ils` does and
 * `ce` and `ls` do not.
 *
 * @param method the name of a method, with or without its settings
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { needsTeacher } from "@ils/label-smoothing/smoothing";
 * strictEqual(needsTeacher({ name: "ls" }), false);
 * strictEqual(needsTeacher({ name: "ils" }), true);
 * ```
 */
export function needsTeacher(
  method: { readonly name: MethodName },
): boolean {
  return METHODS[method.name].teacher !== "nothing";
}

/** Whether a method uses the teacher's fitted temperature: a quadratic amount does. */
export function usesTeacherTemperature(method: MethodSpec): boolean {
  return "p1" in method;
}
