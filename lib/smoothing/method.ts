import type { NumberRule, SettingRule } from "../setting_rules.ts";
import {
  type Amounts,
  constantAmounts,
  inverseAmounts,
  mixtureAmounts,
  noAmounts,
  proportionalAmounts,
  quadraticAmounts,
  type QuadraticOptions,
} from "./amount.ts";
import { classMeanShapes } from "./class_shapes.ts";
import type { ScoresOptions } from "./scores.ts";
import {
  allShapes,
  scoresShapes,
  type Shapes,
  teacherShapes,
  wrongShapes,
} from "./shape.ts";

/**
 * A way to make targets, with its numbers. Each is an amount that leaves the
 * true class times a shape that says where it goes.
 */
export type MethodSpec =
  | { readonly name: "ce" }
  | {
    readonly name: "ls";
    /** In [0, 1). */
    readonly epsilon: number;
  }
  | {
    readonly name: "cls" | "ils2";
    readonly epsilon: number;
    /** Divides the teacher's logits, greater than 0. */
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
  | {
    readonly name: "mix";
    /** Weight of the teacher beside the label, in [0, 1]. */
    readonly lambda: number;
  }
  | {
    readonly name: "self-distillation";
    /** As in `mix`. */
    readonly lambda: number;
    readonly temperature: number;
  };

/** A method's name. */
export type MethodName = MethodSpec["name"];

const UNIT = { low: 0, high: 1 };
const BELOW_ONE = { ...UNIT, highOpen: true };
const POSITIVE = { low: 0, high: Infinity, lowOpen: true, highOpen: true };

/**
 * The methods' numbers. A number with a default has it in every command; the
 * others have to be given to `ils targets`. The grids are those of the published
 * study's real data (its Appendix C); lambda is not in it and has this
 * project's.
 */
export const METHOD_NUMBERS = {
  epsilon: {
    type: "number",
    range: BELOW_ONE,
    help: "mass taken from the true class, in [0, 1)",
    placeholder: "E",
    grid: [0.01, 0.05, 0.1, 0.15, 0.2],
    plainAtZero: true,
  },
  temperature: {
    type: "number",
    range: POSITIVE,
    default: 1,
    help: "divides the teacher's logits",
    placeholder: "T",
    grid: [1, 2, 4, 8, 16],
  },
  p1: {
    type: "number",
    range: UNIT,
    help: "ils1, ilsq: probability of no smoothing",
    title: "P1",
    grid: [0.975, 0.95, 0.925, 0.9, 0.85],
  },
  p2: {
    type: "number",
    range: { ...POSITIVE, lowOpen: false },
    help: "ils1, ilsq: steepness of the amount",
    title: "P2",
    grid: [0.75, 1, 1.25, 1.5, 2],
    plainAtZero: true,
  },
  maxEpsilon: {
    type: "number",
    range: BELOW_ONE,
    default: 0.2,
    help: "ils1, ilsq: the largest amount",
    placeholder: "E",
    title: "largest epsilon",
    plainAtZero: true,
  },
  lambda: {
    type: "number",
    range: UNIT,
    help: "mix, self-distillation: weight of the teacher beside the label, 1 " +
      "for the teacher alone",
    grid: [0.1, 0.3, 0.5, 0.7, 0.9, 1],
    plainAtZero: true,
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

/** What a teacher's scores are. */
export const SCORES = {
  type: "choice",
  choices: ["probabilities", "shifted-logits"],
  default: "probabilities",
  help: "ils and the ils-* forms: what amount and shape are made of",
  placeholder: "S",
} as const satisfies SettingRule;

/** The settings of all methods together; each takes some. */
export type MethodNumbers =
  & {
    readonly [Name in keyof typeof METHOD_NUMBERS]?: number | undefined;
  }
  & { readonly scores?: string | undefined };

/** What a method is made of. */
interface Method<Spec> {
  /**
   * The settings that it takes, with their values in `ils train` unless given;
   * in a search the first changes slowest.
   */
  readonly takes: Omit<Spec, "name">;
  /** What it needs of a teacher; its logits unless given. */
  readonly teacher?: "nothing" | "logits and fitted temperature";
  readonly amounts: Amounts<Spec>;
  readonly shapes: Shapes<Spec>;
}

const PROPORTIONAL = {
  epsilon: 0.1,
  temperature: 1,
  scores: "probabilities",
} as const;
const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };

/** Every method by its name. */
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
    teacher: "logits and fitted temperature",
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
    teacher: "logits and fitted temperature",
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

/** Every method's name. */
export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** True for the name of a method. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

/** The settings of a method, with their values in `ils train` unless given. */
export function trainingNumbers(name: MethodName): MethodNumbers {
  return METHODS[name].takes;
}

/** The settings that a method takes, the slowest axis of a grid first. */
export function numbersOf(name: MethodName): readonly (keyof MethodNumbers)[] {
  return Object.keys(METHODS[name].takes) as (keyof MethodNumbers)[];
}

/** Amounts and shapes of a method's targets. */
export function methodRules(
  { name }: MethodSpec,
): Pick<Method<MethodSpec>, "amounts" | "shapes"> {
  return METHODS[name] as Method<MethodSpec>;
}

/** True for a method whose targets are made from a teacher's logits. */
export function needsTeacher({ name }: { readonly name: MethodName }): boolean {
  return METHODS[name].teacher !== "nothing";
}

/** True for a method to which the teacher's own, fitted temperature matters. */
export function usesTeacherTemperature({ name }: MethodSpec): boolean {
  return METHODS[name].teacher === "logits and fitted temperature";
}
