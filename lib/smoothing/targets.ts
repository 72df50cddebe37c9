import type { Probabilities } from "../matrix_kinds.ts";
import { checkTargetsOptions } from "./check_targets.ts";
import { methodRules, type MethodSpec } from "./method.ts";
import type { TargetsOptions } from "./targets_options.ts";

/**
 * The soft targets of a method: `(1 - amount) * onehot + amount * shape` for each
 * sample.
 *
 * `ls` spreads its amount over all classes, so that the true class keeps
 * `1 - epsilon + epsilon / classes`; the other methods spread theirs over the wrong
 * classes only, and the true class keeps `1 - amount`. `mix` and
 * `self-distillation` equal `(1 - lambda) * onehot + lambda * softmax(z / T)`, with
 * T = 1 for `mix`.
 *
 * @param method name and settings, as from `parseMethod()`
 * @param options labels, number of classes and, if the method needs one, the
 * teacher
 * @returns `[n, classes]`, in float32, at least 0; each row sums to 1
 * @throws {BadInput} for a wrong method, label, class count or teacher
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { buildTargets, logitsOf } from "@ils/label-smoothing/smoothing";
 * const { data } = buildTargets(
 *   { name: "ils2", epsilon: 0.1, temperature: 2 },
 *   {
 *     labels: Int32Array.of(0),
 *     classes: 3,
 *     teacher: { logits: logitsOf([[2, 1, 0]]) },
 *   },
 * );
 * const rounded = Array.from(data, (target) => target.toFixed(4));
 * deepStrictEqual(rounded, ["0.9000", "0.0622", "0.0378"]);
 * ```
 */
export function buildTargets(
  method: MethodSpec,
  options: TargetsOptions,
): Probabilities<Float32Array> {
  const { amountOf, shapeOf } = targetRules(method, options);
  const { labels, classes } = options;
  const data = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const amount = amountOf(i);
    const shape = shapeOf(i);
    const start = i * classes;
    for (let k = 0; k < classes; k++) data[start + k] = amount * shape[k];
    data[start + labels[i]] = 1 - amount + amount * shape[labels[i]];
  }
  const targets = { data, rows: labels.length, columns: classes };
  return targets as Probabilities<Float32Array>;
}

/**
 * The amount and the shape of each sample's target, by its index.
 *
 * @throws {BadInput} for a wrong method, label, class count or teacher
 */
export function targetRules(method: MethodSpec, options: TargetsOptions): {
  readonly amountOf: (i: number) => number;
  readonly shapeOf: (i: number) => Float64Array;
} {
  checkTargetsOptions(method, options);
  const { amounts, shapes } = methodRules(method);
  return {
    amountOf: amounts(method, options),
    shapeOf: shapes(method, options),
  };
}
