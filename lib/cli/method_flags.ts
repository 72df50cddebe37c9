import {
  checkMethodName,
  METHOD_NAMES,
  type MethodNumbers,
  type MethodSpec,
  parseMethod,
} from "../smoothing/method.ts";
import { choice, number, optional, type Values } from "./flags.ts";

const EPSILON = { low: 0, high: 1, highOpen: true };
const POSITIVE = { low: 0, high: Infinity, lowOpen: true, highOpen: true };

/** A choice of method. */
export const methodKind = choice(METHOD_NAMES, {
  placeholder: "M",
  help: "how targets are made",
});

/** The numbers of the methods, in the commands that make targets. */
export const methodFlags = {
  epsilon: optional(
    number(EPSILON, "mass taken from the true class, in [0, 1)", "E"),
  ),
  temperature: optional(
    number(
      POSITIVE,
      "divides the teacher's logits; 1 unless given",
      "T",
    ),
  ),
  p1: optional(
    number({ low: 0, high: 1 }, "ils1, ilsq: probability of no smoothing"),
  ),
  p2: optional(
    number(
      { low: 0, high: Infinity, highOpen: true },
      "ils1, ilsq: steepness of the amount",
    ),
  ),
  maxEpsilon: optional(
    number(EPSILON, "ils1, ilsq: the largest amount; 0.2 unless given", "E"),
  ),
  scores: optional(
    choice(["probabilities", "shifted-logits"], {
      placeholder: "S",
      help: "ils and the ils-* forms: what amount and shape are made of",
    }),
  ),
  lambda: optional(
    number(
      { low: 0, high: 1 },
      "mix: weight of the teacher beside the label; 1 is the teacher alone",
    ),
  ),
};

/**
 * The method that the flags describe.
 *
 * @param defaults for numbers that the method uses and nobody gave
 * @throws {BadInput} for a number that is missing, wrong or not used
 */
export function methodOf(
  name: string,
  values: Values<typeof methodFlags>,
  defaults: MethodNumbers = {},
): MethodSpec {
  const { epsilon, temperature, p1, p2, maxEpsilon, scores, lambda } = values;
  return parseMethod(
    checkMethodName(name),
    { epsilon, temperature, p1, p2, maxEpsilon, scores, lambda },
    defaults,
  );
}
