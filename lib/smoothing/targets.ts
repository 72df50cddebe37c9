import { type Matrix, row } from "../matrix.ts";
import { logSoftmaxRow } from "../logits/softmax.ts";
import {
  inverseAmount,
  mixtureAmount,
  proportionalAmount,
  quadraticAmount,
} from "./amount.ts";
import { checkTargetsOptions } from "./check_targets.ts";
import { classShapes } from "./class_shapes.ts";
import type { MethodSpec, Scores } from "./method.ts";
import type { TargetsOptions } from "./targets_options.ts";
import {
  evenOverAll,
  evenOverWrong,
  scoresOverWrong,
  shiftedShares,
  teacherOverWrong,
} from "./shape.ts";

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
 * import { matrixOf } from "../matrix.ts";
 * import { buildTargets } from "./targets.ts";
 * const { data } = buildTargets(
 *   { name: "ils2", epsilon: 0.1, temperature: 2 },
 *   {
 *     labels: Int32Array.of(0),
 *     classes: 3,
 *     teacher: { logits: matrixOf([[2, 1, 0]]) },
 *   },
 * ); // 0.9, 0.0622, 0.0378
 * ```
 */
export function buildTargets(
  method: MethodSpec,
  options: TargetsOptions,
): Matrix<Float32Array> {
  checkTargetsOptions(method, options);
  const { labels, classes } = options;
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
  return { data, rows: labels.length, columns: classes };
}

/** How much leaves the true class, by sample. */
function amounts(
  method: MethodSpec,
  { labels, teacher }: TargetsOptions,
): (i: number) => number {
  switch (method.name) {
    case "ce":
      return () => 0;
    case "ls":
    case "cls":
    case "ils2":
      return () => method.epsilon;
    case "ils1":
    case "ilsq": {
      const { logits, temperature = 1 } = teacher!;
      return (i) =>
        quadraticAmount(
          probability(row(logits, i), labels[i], temperature),
          method,
        );
    }
    case "mix":
    case "self-distillation": {
      const temperature = "temperature" in method ? method.temperature : 1;
      return (i) => {
        const logits = row(teacher!.logits, i);
        const logs = logSoftmaxRow(logits, temperature);
        return mixtureAmount(method.lambda, logs[labels[i]]);
      };
    }
    case "ils":
    case "ils-even":
    case "ils-inverse-even":
    case "ils-inverse": {
      const rule = method.name === "ils" || method.name === "ils-even"
        ? proportionalAmount
        : inverseAmount;
      return (i) => {
        const share = trueShare(row(teacher!.logits, i), labels[i], method);
        return share === undefined ? 0 : rule(method.epsilon, share);
      };
    }
  }
}

/** Where it goes, by sample. */
function shapes(
  method: MethodSpec,
  { labels, classes, teacher }: TargetsOptions,
): (i: number) => Float64Array {
  switch (method.name) {
    case "ce":
    case "ls": {
      const shape = evenOverAll(classes);
      return () => shape;
    }
    case "ils1":
    case "ils-even":
    case "ils-inverse-even":
      return (i) => evenOverWrong(classes, labels[i]);
    case "cls": {
      const byClass = classShapes(teacher!.logits, labels, method.temperature);
      return (i) => byClass[labels[i]];
    }
    case "ils2":
    case "ilsq":
    case "self-distillation":
      return (i) =>
        teacherOverWrong(
          row(teacher!.logits, i),
          labels[i],
          method.temperature,
        );
    case "mix":
      return (i) => teacherOverWrong(row(teacher!.logits, i), labels[i], 1);
    case "ils":
    case "ils-inverse":
      return (i) => scoresShape(row(teacher!.logits, i), labels[i], method);
  }
}

interface ScoresOptions {
  readonly temperature: number;
  readonly scores: Scores;
}

/** The true class's part of a teacher's scores, if they say anything. */
function trueShare(
  logits: ArrayLike<number>,
  label: number,
  { temperature, scores }: ScoresOptions,
): number | undefined {
  return scores === "probabilities"
    ? probability(logits, label, temperature)
    : shiftedShares(logits)?.[label];
}

function scoresShape(
  logits: ArrayLike<number>,
  label: number,
  { temperature, scores }: ScoresOptions,
): Float64Array {
  if (scores === "probabilities") {
    return teacherOverWrong(logits, label, temperature);
  }
  const shares = shiftedShares(logits);
  return shares === undefined
    ? evenOverWrong(logits.length, label)
    : scoresOverWrong(shares, label);
}

/** `softmax(z / T)` of one class. */
function probability(
  logits: ArrayLike<number>,
  label: number,
  temperature: number,
): number {
  return Math.exp(logSoftmaxRow(logits, temperature)[label]);
}
