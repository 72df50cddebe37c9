import type { Probabilities } from "../matrix_kinds.ts";
import { checkTargetsOptions } from "./check_targets.ts";
import { methodRules, type MethodSpec } from "./method.ts";
import type { TargetsOptions } from "./targets_options.ts";

/**
 * Soft targets: `(1 - amount) * onehot + amount * shape` for each sample, with
 * the method's amount and shape.
 *
 * `ls` spreads its amount over all classes, so that the true one keeps
 * `1 - epsilon + epsilon / classes`; the other methods spread theirs over the
 * wrong classes alone, and the true one keeps `1 - amount`. `mix` and
 * `self-distillation` are `(1 - lambda) * onehot + lambda * softmax(z / T)` in
 * these words, `mix` with T of 1.
 *
 * @returns `[n, classes]`, each row at least 0 and summing to 1
 * @throws {BadInput} if labels, teacher or numbers are wrong
 *
 * @example
 * ```ts
 * import { logitsOf } from "../matrix_kinds.ts";
 * import { buildTargets } from "./targets.ts";
 * const { data } = buildTargets(
 *   { name: "ils2", epsilon: 0.1, temperature: 2 },
 *   {
 *     labels: Int32Array.of(0),
 *     classes: 3,
 *     teacher: { logits: logitsOf([[2, 1, 0]]) },
 *   },
 * ); // 0.9, 0.0622, 0.0378
 * ```
 */
export function buildTargets(
  method: MethodSpec,
  options: TargetsOptions,
): Probabilities<Float32Array> {
  checkTargetsOptions(method, options);
  const { labels, classes } = options;
  const { amounts, shapes } = methodRules(method);
  const amountOf = amounts(method, options);
  const shapeOf = shapes(method, options);
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
