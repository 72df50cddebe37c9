import type { CalibratorCode, CalibratorParameters } from "../calibrator.ts";
import type { AffineParameters } from "./affine_fit.ts";
import { checkParameters } from "./check_parameters.ts";

/** Throws `BadInput` unless the parameters are an affine map of so many classes. */
export function checkAffine(
  parameters: CalibratorParameters,
  classes: number,
): void {
  checkParameters(parameters, affineRules(classes));
}

/** Rules of `checkParameters()` for an affine map. */
export function affineRules(classes: number) {
  return {
    weights: { count: classes * classes },
    intercepts: { count: classes },
  } as const;
}

/**
 * Source text of an affine map.
 *
 * @param input expression of its argument, an array
 */
export function affineCode(
  { weights, intercepts }: AffineParameters,
  input: string,
): CalibratorCode {
  const classes = intercepts.length;
  const rows = intercepts.map((_, k) =>
    `  ${JSON.stringify(weights.slice(k * classes, (k + 1) * classes))},`
  );
  return {
    constants: `const weights = [
${rows.join("\n")}
];
const intercepts = ${JSON.stringify(intercepts)};`,
    body: `const x = ${input};
return weights.map((row, k) =>
  row.reduce((sum, weight, j) => sum + weight * x[j], intercepts[k])
);`,
  };
}
