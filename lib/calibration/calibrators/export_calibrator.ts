import type { CalibrationMap } from "./calibration_map.ts";
import { CALIBRATORS } from "./calibrators.ts";
import { LOG_OF_NOTHING } from "./parts/one_versus_rest.ts";

/**
 * A fitted map as a source file without dependencies: its function `calibrate()` turns
 * the logits of one row into calibrated probabilities.
 *
 * @param map the fitted map
 * @param language TypeScript or JavaScript; both are ES modules
 * @throws {BadInput} for parameters that do not belong to the calibrator
 *
 * @example
 * ```ts
 * import { ok } from "node:assert/strict";
 * import { exportCalibrator } from "@ils/label-smoothing/calibration";
 * const parameters = { temperature: 2.5 };
 * const map = { by: "temperature", classes: 3, parameters } as const;
 * const source = exportCalibrator(map, "js");
 * ok(source.includes("export function calibrate(logits) {"));
 * ```
 */
export function exportCalibrator(
  map: CalibrationMap,
  language: "ts" | "js",
): string {
  const { by, classes, parameters } = map;
  const { title, check, code, mixesClasses } = CALIBRATORS[by];
  check(parameters, classes);
  const { constants, body } = code(parameters);
  const t = (type: string) => language === "ts" ? `: ${type}` : "";
  const allowed = mixesClasses ? "finite" : "finite or -Infinity";
  const isWrong = mixesClasses ? "!Number.isFinite(x)" : "!(x < Infinity)";
  return [
    `/** Calibrated probabilities: ${title} of ${classes} classes. */\n`,
    constants,
    `
/**
 * Turns the logits of one row into calibrated probabilities.
 *
 * @param logits ${classes} numbers, ${allowed}
 * @returns ${classes} probabilities, which sum to 1
 */
export function calibrate(logits${t("ArrayLike<number>")})${t("number[]")} {
  const z = Array.from(logits);
  if (z.length !== ${classes} || z.some((x) => ${isWrong})) {
    throw new RangeError("calibrate() needs ${classes} logits, ${allowed}");
  }
  return logSoftmax(calibratedLogits(z)).map((x) => Math.exp(x));
}

function calibratedLogits(z${t("number[]")})${t("number[]")} {
${indented(body)}
}`,
    ...helpersOf(body, t),
  ].join("\n");
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** The functions that the text calls, and those that they call. */
function helpersOf(text: string, t: (type: string) => string): string[] {
  const used = new Set(["logSoftmax"]);
  const helpers = HELPERS(t);
  for (const [name, source] of Object.entries(helpers)) {
    if (!text.includes(`${name}(`)) continue;
    used.add(name);
    text += source;
  }
  return Object.keys(helpers).filter((name) => used.has(name))
    .map((name) => helpers[name]);
}

/** Functions that code may call; each may call those below it. */
const HELPERS = (
  t: (type: string) => string,
): Readonly<Record<string, string>> => ({
  interpolate: `
/** The value of a curve, linear between its points and constant outside. */
function interpolate(x${t("number[]")}, y${t("number[]")}, at${t("number")})${
    t("number")
  } {
  const last = x.length - 1;
  if (at <= x[0]) return y[0];
  if (at >= x[last]) return y[last];
  const high = x.findIndex((place) => place >= at);
  const low = high - 1;
  return y[low] + (y[high] - y[low]) / (x[high] - x[low]) * (at - x[low]);
}
`,
  step: `
/** The value of the bin whose upper edge is the first at or above a place. */
function step(x${t("number[]")}, y${t("number[]")}, at${t("number")})${
    t("number")
  } {
  const bin = x.findIndex((edge) => edge >= at);
  return y[bin < 0 ? y.length - 1 : bin];
}
`,
  oneVersusRest: `
/** Calibrates each class against all others, and divides by the sum. */
function oneVersusRest(
  z${t("number[]")},
  curve${t("(p: number, rest: number, k: number) => number")},
)${t("number[]")} {
  const all = logSoftmax(z).map((x) => Math.exp(x));
  const each = all.map((p, k) => {
    if (z[k] === -Infinity) return 0;
    const rest = p > 0.5
      ? all.reduce((sum, other, j) => j === k ? sum : sum + other, 0)
      : 1 - p;
    return curve(p, rest, k);
  });
  const sum = each.reduce((total, share) => total + share, 0);
  const open = z.filter((x) => x > -Infinity).length;
  return each.map((share, k) => {
    if (z[k] === -Infinity) return -Infinity;
    const part = sum > 0 ? share / sum : 1 / open;
    return Math.max(Math.log(part), ${LOG_OF_NOTHING});
  });
}
`,
  logSoftmax: `
/** Logarithms of the probabilities of one row. */
function logSoftmax(z${t("number[]")})${t("number[]")} {
  const largest = Math.max(...z);
  const total = z.reduce((sum, x) => sum + Math.exp(x - largest), 0);
  return z.map((x) => x - largest - Math.log(total));
}
`,
});
