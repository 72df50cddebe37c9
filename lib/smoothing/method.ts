import { BadInput, checkRange } from "../bad_input.ts";
import {
  checkKeys,
  checkUsed,
  dashed,
  type NumberRule,
  withNumbers,
} from "../number_rules.ts";

/** What the README's forms take as a teacher's scores. */
export type Scores = "probabilities" | "shifted-logits";

interface ProportionalNumbers {
  /** In [0, 1). */
  readonly epsilon: number;
  /** Divides the teacher's logits, greater than 0. */
  readonly temperature: number;
  readonly scores: Scores;
}

interface QuadraticNumbers {
  /** In [0, 1]. */
  readonly p1: number;
  /** At least 0. */
  readonly p2: number;
  /** In [0, 1). */
  readonly maxEpsilon: number;
}

/**
 * A way to make targets, with its numbers. Each is an amount that leaves the
 * true class times a shape that says where it goes.
 */
export type MethodSpec =
  | { readonly name: "ce" }
  | { readonly name: "ls"; readonly epsilon: number }
  | {
    readonly name: "mix";
    /** Weight of the teacher beside the label, in [0, 1]. */
    readonly lambda: number;
  }
  | {
    readonly name: "self-distillation";
    /** As in `mix`. */
    readonly lambda: number;
    /** Divides the teacher's logits, greater than 0. */
    readonly temperature: number;
  }
  | {
    readonly name: "cls" | "ils2";
    readonly epsilon: number;
    readonly temperature: number;
  }
  | ({ readonly name: "ils1" } & QuadraticNumbers)
  | (
    & { readonly name: "ilsq"; readonly temperature: number }
    & QuadraticNumbers
  )
  | (
    & {
      readonly name: "ils" | "ils-even" | "ils-inverse-even" | "ils-inverse";
    }
    & ProportionalNumbers
  );

/** A method's name. */
export type MethodName = MethodSpec["name"];

const UNIT = { low: 0, high: 1 };
const BELOW_ONE = { ...UNIT, highOpen: true };
const POSITIVE = { low: 0, high: Infinity, lowOpen: true, highOpen: true };

/** What the numbers are and where they may lie; `scores` is a word. */
export const METHOD_NUMBERS = {
  epsilon: {
    range: BELOW_ONE,
    help: "mass taken from the true class, in [0, 1)",
    placeholder: "E",
  },
  temperature: {
    range: POSITIVE,
    help: "divides the teacher's logits",
    placeholder: "T",
  },
  p1: { range: UNIT, help: "ils1, ilsq: probability of no smoothing" },
  p2: {
    range: { ...POSITIVE, lowOpen: false },
    help: "ils1, ilsq: steepness of the amount",
  },
  maxEpsilon: {
    range: BELOW_ONE,
    help: "ils1, ilsq: the largest amount",
    placeholder: "E",
  },
  lambda: {
    range: UNIT,
    help: "mix, self-distillation: weight of the teacher beside the label, 1 " +
      "for the teacher alone",
  },
} as const satisfies Readonly<Record<string, NumberRule>>;

/** The numbers of all methods together; each takes some. */
export type MethodNumbers =
  & {
    readonly [Name in keyof typeof METHOD_NUMBERS]?: number | undefined;
  }
  & { readonly scores?: string | undefined };

const PROPORTIONAL: MethodNumbers = {
  epsilon: 0.1,
  temperature: 1,
  scores: "probabilities",
};
const QUADRATIC: MethodNumbers = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };

/** What each method takes, and what that is in `train` where nobody gave it. */
const TAKES: Readonly<Record<MethodName, MethodNumbers>> = {
  "ce": {},
  "ls": { epsilon: 0.1 },
  "cls": { epsilon: 0.1, temperature: 1 },
  "ils": PROPORTIONAL,
  "ils1": QUADRATIC,
  "ils2": { epsilon: 0.1, temperature: 1 },
  "ilsq": { ...QUADRATIC, temperature: 1 },
  "ils-even": PROPORTIONAL,
  "ils-inverse-even": PROPORTIONAL,
  "ils-inverse": PROPORTIONAL,
  "mix": { lambda: 0.5 },
  "self-distillation": { lambda: 1, temperature: 1 },
};

/** Every method's name. */
export const METHOD_NAMES = Object.keys(TAKES) as MethodName[];

/** The numbers that a method takes, the slowest axis of a grid first. */
export function numbersOf(name: MethodName): readonly (keyof MethodNumbers)[] {
  return Object.keys(TAKES[name]) as (keyof MethodNumbers)[];
}

/** True for a method whose targets are made from a teacher's logits. */
export function needsTeacher({ name }: MethodSpec): boolean {
  return name !== "ce" && name !== "ls";
}

/** True for a method to which the teacher's own, fitted temperature matters. */
export function usesTeacherTemperature({ name }: MethodSpec): boolean {
  return name === "ils1" || name === "ilsq";
}

/** @throws {BadInput} if there is no method of that name */
export function checkMethodName(name: string): MethodName {
  if (Object.hasOwn(TAKES, name)) return name as MethodName;
  throw new BadInput(
    `Method must be one of ${
      METHOD_NAMES.join(", ")
    }: current value is ${name}`,
  );
}

/** The numbers that a method takes, as `train` has them where nobody gave them. */
export function trainingNumbers(name: MethodName): MethodNumbers {
  return TAKES[name];
}

/** What a number is wherever nobody gave it; the others have to be given. */
export const METHOD_DEFAULTS: MethodNumbers = {
  temperature: 1,
  maxEpsilon: 0.2,
  scores: "probabilities",
};

/**
 * A method from its name and numbers, checked. Temperature is 1, the largest
 * amount 0.2 and scores are probabilities unless given; there are no defaults
 * for epsilon, P1, P2 and lambda but the caller's.
 *
 * @param given a number that the method does not use is an error
 * @param defaults used for those of the method's numbers that are not given
 * @throws {BadInput} if the name, a missing number or a number is wrong
 */
export function parseMethod(
  name: string,
  given: MethodNumbers,
  defaults: MethodNumbers = {},
): MethodSpec {
  const known = checkMethodName(name);
  checkUsed(known, TAKES[known], given);
  if (given.scores === "shifted-logits" && given.temperature !== undefined) {
    throw new BadInput(
      `Method ${known} does not use --temperature with --scores ` +
        `shifted-logits: current value is ${given.temperature}`,
    );
  }
  const sources = [given, defaults, METHOD_DEFAULTS];
  const method = withNumbers(
    known,
    TAKES[known],
    sources,
  ) as unknown as MethodSpec;
  checkMethod(method);
  return method;
}

/** @throws {BadInput} if a key is unknown or missing, or out of its range */
export function checkMethod(method: MethodSpec): void {
  checkKeys(method, TAKES[checkMethodName(method.name)]);
  const numbers = Object.entries(method) as [string, number][];
  for (const [key, value] of numbers) {
    const rule = (METHOD_NUMBERS as Readonly<Record<string, NumberRule>>)[key];
    if (rule === undefined) continue;
    // As the papers write them.
    const name = /^p\d$/.test(key) ? key.toUpperCase() : dashed(key);
    checkRange(`Cannot smooth labels as ${name}`, value, rule.range);
  }
  if ("scores" in method) checkScores(method);
}

/** @throws {BadInput} if a temperature is not greater than 0 and finite */
export function checkTemperature(value: number, what = "temperature"): void {
  checkRange(`Cannot smooth labels as ${what}`, value, POSITIVE);
}

function checkScores(
  { name, scores, temperature }: ProportionalNumbers & { name: string },
): void {
  if (scores !== "probabilities" && scores !== "shifted-logits") {
    throw new BadInput(
      `Method ${name} takes scores probabilities or shifted-logits: ` +
        `current value is ${scores}`,
    );
  }
  if (scores === "shifted-logits" && temperature !== 1) {
    throw new BadInput(
      `Method ${name} takes no temperature with shifted-logits: ` +
        `current value is ${temperature}`,
    );
  }
}
