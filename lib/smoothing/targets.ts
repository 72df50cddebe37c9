import { BadInput } from "../bad_input.ts";
import { type Matrix, row } from "../matrix.ts";
import { logSoftmaxRow } from "../softmax.ts";
import {
  inverseAmount,
  proportionalAmount,
  quadraticAmount,
} from "./amount.ts";
import {
  checkMethod,
  checkTemperature,
  type MethodSpec,
  needsTeacher,
} from "./method.ts";
import {
  evenOverAll,
  evenOverWrong,
  scoresOverWrong,
  teacherOverWrong,
} from "./shape.ts";

/** The samples to make targets for. */
export interface TargetsOptions {
  /** `[n]`, each in [0, classes). */
  readonly labels: Int32Array;
  /** At least 2. */
  readonly classes: number;
  /** For the methods that need one. */
  readonly teacher?: {
    /** `[n, classes]`, by sample. */
    readonly logits: Matrix;
    /**
     * The teacher's own temperature, fitted on validation (1): it makes the
     * amount of `ils1` and `ilsq`, and nothing else.
     */
    readonly temperature?: number;
  };
}

/** What leaves the true class of one sample, and where it goes. */
interface Smoothing {
  readonly amount: number;
  readonly shape: Float64Array;
}

/**
 * Soft targets: `(1 - amount) * onehot + amount * shape` for each sample, by
 * the method's amount and shape.
 *
 * `ls` spreads its amount over all classes, so that the true one keeps
 * `1 - epsilon + epsilon / classes`; the instance-based methods spread theirs
 * over the wrong classes alone.
 *
 * @returns `[n, classes]`, each row at least 0 and summing to 1
 * @throws {BadInput} if labels, teacher or numbers are wrong
 */
export function buildTargets(
  method: MethodSpec,
  options: TargetsOptions,
): Matrix<Float32Array> {
  check(method, options);
  const { labels, classes } = options;
  const smooth = smoother(method, options);
  const data = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const { amount, shape } = smooth(i);
    for (let k = 0; k < classes; k++) {
      data[i * classes + k] = amount * shape[k];
    }
    data[i * classes + labels[i]] += 1 - amount;
  }
  return { data, rows: labels.length, columns: classes };
}

/** The method as a function of the sample's index. */
function smoother(
  method: MethodSpec,
  { labels, classes, teacher }: TargetsOptions,
): (i: number) => Smoothing {
  if (method.name === "ce") {
    const shape = new Float64Array(classes);
    return () => ({ amount: 0, shape });
  }
  if (method.name === "ls") {
    const shape = evenOverAll(classes);
    return () => ({ amount: method.epsilon, shape });
  }
  const { logits, temperature: own = 1 } = teacher!;
  const even = (i: number) => evenOverWrong(classes, labels[i]);
  const taught = (i: number, temperature: number) =>
    teacherOverWrong(row(logits, i), labels[i], temperature);
  const quadratic = (i: number) => {
    const p = Math.exp(logSoftmaxRow(row(logits, i), own)[labels[i]]);
    return quadraticAmount(p, method as Parameters<typeof quadraticAmount>[1]);
  };
  switch (method.name) {
    case "cls": {
      const shapes = classShapes(method.temperature, logits, labels);
      return (i) => ({ amount: method.epsilon, shape: shapes[labels[i]] });
    }
    case "ils1":
      return (i) => ({ amount: quadratic(i), shape: even(i) });
    case "ils2":
      return (i) => ({
        amount: method.epsilon,
        shape: taught(i, method.temperature),
      });
    case "ilsq":
      return (i) => ({
        amount: quadratic(i),
        shape: taught(i, method.temperature),
      });
    default:
      return (i) => scored(method, row(logits, i), labels[i]);
  }
}

type ScoredMethod = Extract<MethodSpec, { scores: unknown }>;

/** `ils` and its kin: the same scores make amount and shape. */
function scored(
  { name, epsilon, temperature, scores }: ScoredMethod,
  logits: ArrayLike<number>,
  label: number,
): Smoothing {
  const shifted = scores === "shifted-logits" ? shift(logits) : undefined;
  const probability = shifted
    ? shareOf(shifted, label)
    : Math.exp(logSoftmaxRow(logits, temperature)[label]);
  const amount = name === "ils" || name === "ils-even"
    ? proportionalAmount(epsilon, probability)
    : inverseAmount(epsilon, probability);
  if (name === "ils-even" || name === "ils-inverse-even") {
    return { amount, shape: evenOverWrong(logits.length, label) };
  }
  const shape = shifted
    ? scoresOverWrong(shifted, label)
    : teacherOverWrong(logits, label, temperature);
  return { amount, shape };
}

/** `z - min z`. */
function shift(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  return values.map((z) => z - least);
}

function shareOf(scores: Float64Array, label: number): number {
  const total = scores.reduce((sum, score) => sum + score, 0);
  return total === 0 ? 0 : scores[label] / total;
}

/**
 * For each class, the mean over its rows of the teacher's distribution over
 * the wrong classes.
 */
function classShapes(
  temperature: number,
  logits: Matrix,
  labels: Int32Array,
): Float64Array[] {
  const classes = logits.columns;
  const sums = Array.from({ length: classes }, () => new Float64Array(classes));
  const counts = new Int32Array(classes);
  labels.forEach((label, i) => {
    counts[label]++;
    teacherOverWrong(row(logits, i), label, temperature)
      .forEach((share, k) => sums[label][k] += share);
  });
  const missing = counts.indexOf(0);
  if (missing >= 0) {
    throw new BadInput(
      `Cannot make class-based targets as class ${missing} has no row`,
    );
  }
  return sums.map((sum, label) => sum.map((share) => share / counts[label]));
}

function check(method: MethodSpec, options: TargetsOptions): void {
  const { labels, classes, teacher } = options;
  checkMethod(method);
  if (!Number.isInteger(classes) || classes < 2) {
    throw new BadInput(
      `Cannot smooth labels as there must be 2 classes or more: ` +
        `current value is ${classes}`,
    );
  }
  const wrong = labels.findIndex((label) => label < 0 || label >= classes);
  if (wrong >= 0) {
    throw new BadInput(
      `Cannot smooth labels as label ${labels[wrong]} of row ${wrong} ` +
        `is not in 0 to ${classes - 1}`,
    );
  }
  if (!needsTeacher(method)) return;
  if (teacher === undefined) {
    throw new BadInput(`Method ${method.name} needs a teacher's logits`);
  }
  checkTemperature(teacher.temperature ?? 1);
  checkTeacher(teacher.logits, labels.length, classes);
}

function checkTeacher(logits: Matrix, rows: number, classes: number): void {
  if (logits.rows !== rows || logits.columns !== classes) {
    throw new BadInput(
      `Cannot smooth ${rows} labels of ${classes} classes with a teacher of ` +
        `${logits.rows} rows and ${logits.columns} classes`,
    );
  }
  const bad = logits.data.findIndex((z) => !Number.isFinite(z));
  if (bad < 0) return;
  throw new BadInput(
    `Cannot smooth labels as the teacher's logit in row ` +
      `${Math.floor(bad / classes)}, column ${bad % classes} is ` +
      logits.data[bad],
  );
}
