import { BadInput } from "../../../bad_input.ts";
import type { CalibratorParameters } from "../calibrator.ts";

/** What the fitted numbers of one name must be. */
export interface ParameterRule {
  /** Length of the list; undefined for a single number. */
  readonly count?: number;
  /** Smallest value (-Infinity). */
  readonly least?: number;
  /** Whether it must be greater than `least` (false). */
  readonly above?: boolean;
  /** Largest value (Infinity). */
  readonly most?: number;
  /** Whether values must be whole (false). */
  readonly whole?: boolean;
}

/**
 * Throws unless the parameters have exactly the names of the rules, with finite numbers
 * in range.
 *
 * @throws {BadInput} naming the first parameter that is wrong
 */
export function checkParameters(
  parameters: CalibratorParameters,
  rules: Readonly<Record<string, ParameterRule>>,
): void {
  const unknown = Object.keys(parameters).find((name) => !(name in rules));
  if (unknown !== undefined) {
    throw wrong(unknown, "is unknown", `names are ${Object.keys(rules)}`);
  }
  for (const [name, rule] of Object.entries(rules)) {
    const value = parameters[name];
    if (value === undefined) throw wrong(name, "is missing");
    checkForm(name, value, rule);
    for (const one of [value].flat() as number[]) checkNumber(name, one, rule);
  }
}

function checkForm(
  name: string,
  value: number | readonly number[],
  { count }: ParameterRule,
): void {
  if (typeof value === "number") {
    if (count !== undefined) throw wrong(name, `must be ${count} numbers`);
  } else if (count === undefined) throw wrong(name, "must be one number");
  else if (value.length !== count) {
    throw wrong(name, `must be ${count} numbers`, `there are ${value.length}`);
  }
}

function checkNumber(
  name: string,
  value: number,
  { least = -Infinity, above = false, most = Infinity, whole }: ParameterRule,
): void {
  const right = Number.isFinite(value) && value <= most &&
    (above ? value > least : value >= least) &&
    (!whole || Number.isInteger(value));
  if (right) return;
  const kind = whole ? "whole" : "finite";
  const range = `${above ? "(" : "["}${least}, ${most}]`;
  throw wrong(name, `must be ${kind} and in ${range}`, `it is ${value}`);
}

function wrong(name: string, fault: string, found?: string): BadInput {
  return new BadInput(
    `Calibration map: ${name} ${fault}${found ? `: ${found}` : ""}`,
  );
}
