import { BadInput, checkRange } from "../bad_input.ts";

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

/** The numbers of all methods together; each takes some. */
export interface MethodNumbers {
  readonly epsilon?: number | undefined;
  readonly temperature?: number | undefined;
  readonly p1?: number | undefined;
  readonly p2?: number | undefined;
  readonly maxEpsilon?: number | undefined;
  readonly scores?: string | undefined;
  readonly lambda?: number | undefined;
}

type NumberName = keyof MethodNumbers;

const TAKES: Readonly<Record<MethodName, readonly NumberName[]>> = {
  "ce": [],
  "ls": ["epsilon"],
  "cls": ["epsilon", "temperature"],
  "ils": ["epsilon", "temperature", "scores"],
  "ils1": ["p1", "p2", "maxEpsilon"],
  "ils2": ["epsilon", "temperature"],
  "ilsq": ["p1", "p2", "maxEpsilon", "temperature"],
  "ils-even": ["epsilon", "temperature", "scores"],
  "ils-inverse-even": ["epsilon", "temperature", "scores"],
  "ils-inverse": ["epsilon", "temperature", "scores"],
  "mix": ["lambda"],
};

/** Every method's name. */
export const METHOD_NAMES = Object.keys(TAKES) as MethodName[];

/** The numbers that a method takes, the slowest axis of a grid first. */
export function numbersOf(name: MethodName): readonly NumberName[] {
  return TAKES[name];
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

const UNIT = { low: 0, high: 1 };

const FALLBACKS: MethodNumbers = {
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
  checkUsed(known, given);
  const spec: Record<string, unknown> = { name: known };
  for (const number of TAKES[known]) {
    const value = given[number] ?? defaults[number] ?? FALLBACKS[number];
    if (value === undefined) {
      throw new BadInput(
        `Method ${known} needs ${flagOf(number)}: it takes ${flagsOf(known)}`,
      );
    }
    spec[number] = value;
  }
  const method = spec as unknown as MethodSpec;
  checkMethod(method);
  return method;
}

/** Throws for a number that would change nothing. */
function checkUsed(name: MethodName, given: MethodNumbers): void {
  for (const [number, value] of Object.entries(given)) {
    if (value === undefined || TAKES[name].includes(number as NumberName)) {
      continue;
    }
    throw new BadInput(
      `Method ${name} does not use ${flagOf(number)}: it takes ${
        flagsOf(name)
      }`,
    );
  }
  if (given.scores === "shifted-logits" && given.temperature !== undefined) {
    throw new BadInput(
      `Method ${name} does not use --temperature with --scores ` +
        `shifted-logits: current value is ${given.temperature}`,
    );
  }
}

/** @throws {BadInput} if a key is unknown or missing, or out of its range */
export function checkMethod(method: MethodSpec): void {
  const takes: readonly string[] = TAKES[checkMethodName(method.name)];
  const missing = takes.find((key) => !(key in method));
  if (missing !== undefined) {
    throw new BadInput(
      `Method ${method.name} must have ${takes.join(", ")}: ${missing} is ` +
        `missing`,
    );
  }
  for (const key of Object.keys(method)) {
    if (key === "name" || takes.includes(key)) continue;
    throw new BadInput(
      `Method ${method.name} has an unknown key ${key}: allowed are ` +
        (takes.join(", ") || "none"),
    );
  }
  if ("epsilon" in method) checkEpsilon("epsilon", method.epsilon);
  if ("maxEpsilon" in method) checkEpsilon("max-epsilon", method.maxEpsilon);
  if ("temperature" in method) checkTemperature(method.temperature);
  if ("lambda" in method) {
    checkRange("Cannot smooth labels as lambda", method.lambda, UNIT);
  }
  if ("p1" in method) {
    checkRange("Cannot smooth labels as P1", method.p1, UNIT);
    checkRange("Cannot smooth labels as P2", method.p2, {
      low: 0,
      high: Infinity,
      highOpen: true,
    });
  }
  if ("scores" in method) checkScores(method);
}

function checkEpsilon(name: string, value: number): void {
  checkRange(`Cannot smooth labels as ${name}`, value, {
    low: 0,
    high: 1,
    highOpen: true,
  });
}

/** @throws {BadInput} if a temperature is not greater than 0 and finite */
export function checkTemperature(value: number, what = "temperature"): void {
  checkRange(`Cannot smooth labels as ${what}`, value, {
    low: 0,
    high: Infinity,
    lowOpen: true,
    highOpen: true,
  });
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

function flagsOf(name: MethodName): string {
  return TAKES[name].map(flagOf).join(", ") || "no number";
}

/** `maxEpsilon` as the flag `--max-epsilon`. */
function flagOf(number: string): string {
  return "--" + number.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}
