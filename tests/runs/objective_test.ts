import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { openObjective } from "../../lib/runs/objective.ts";
import type { Objective } from "../../lib/runs/spec.ts";
import { CALIBRATORS } from "../../lib/calibration/calibrators/calibrators.ts";
import { logitsOf } from "../../lib/matrix_kinds.ts";

/** Rows to fit calibrators to. */
const VALIDATION = logitsOf([[3, 1, 0], [2, 0, 1], [0, 2, 1], [1, 0, 3]]);
const VALIDATION_LABELS = Int32Array.of(0, 1, 1, 2);

/**
 * Returns an objective's loss for one sample of class 0; checks that no tensor
 * leaks.
 */
function lossOf(
  objective: Objective,
  { logits, temperature }: { logits: number[]; temperature: number },
): number {
  const before = tf.memory().numTensors;
  const { loss, dispose } = openObjective({ objective, seed: 1 }, {
    labels: Int32Array.of(0),
    classes: 3,
    teacher: {
      logits: logitsOf([logits]),
      temperature,
      validation: { logits: VALIDATION, labels: VALIDATION_LABELS },
    },
  });
  assert(typeof loss === "function");
  const value = tf.tidy(() =>
    loss(tf.tensor2d([[2, 0, 0]]), tf.tensor1d([0], "int32")).dataSync()[0]
  );
  dispose();
  assert.equal(tf.memory().numTensors, before);
  return value;
}

function assertClose(actual: number, expected: number) {
  assert(Math.abs(actual - expected) < 1e-6, `${actual}, not ${expected}`);
}

/** Cross-entropy of logits (2, 0, 0) if `amount` leaves the true class. */
const towards = (amount: number) =>
  Math.log(Math.exp(2) + 2) - 2 * (1 - amount);

const QUADRATIC = { p1: 0.8, p2: 2, maxEpsilon: 0.2 };
const TEACHER = { logits: [2, 1, 0], temperature: 2 };
// softmax([1, 0.5, 0])_0, and softmax([2, 1, 0])_0
const FITTED = 2 * (0.506480 - 0.8) ** 2;
const PLAIN = 2 * (0.665241 - 0.8) ** 2;

Deno.test("openObjective() uses the teacher's fitted temperature for ils1 and ilsq", () => {
  for (const name of ["ils1", "ilsq"] as const) {
    const method = { name, ...QUADRATIC, temperature: 1 };
    if (name === "ils1") delete (method as Partial<typeof method>).temperature;
    const objective = { kind: "targets", method } as Objective;
    assertClose(lossOf(objective, TEACHER), towards(FITTED));
    const unscaled = { ...TEACHER, temperature: 1 };
    assertClose(lossOf(objective, unscaled), towards(PLAIN));
  }
});

Deno.test("openObjective() ignores the fitted temperature for other methods", () => {
  const method = { name: "self-distillation", lambda: 1, temperature: 1 };
  const objective = { kind: "targets", method } as Objective;
  assertClose(lossOf(objective, TEACHER), towards(1 - 0.665241));
});

Deno.test("openObjective() distils logits by the named calibrator of the teacher", () => {
  const objective = {
    kind: "distillation",
    alpha: 1,
    temperature: 1,
    teacherScaled: true,
  } as const;
  const { apply } = CALIBRATORS.beta.fit(VALIDATION, VALIDATION_LABELS);
  const [calibrated] = [apply(logitsOf([TEACHER.logits]))];
  const named = { ...objective, teacherCalibrator: "beta" } as const;
  const plain = { ...objective, teacherScaled: false };
  assertClose(
    lossOf(named, TEACHER),
    lossOf(plain, { ...TEACHER, logits: [...calibrated.data] }),
  );
  assert.notEqual(lossOf(named, TEACHER), lossOf(objective, TEACHER));
});

Deno.test("openObjective() opens losses that use no teacher", () => {
  const focal = { name: "focal", focalGamma: 0 } as const;
  assertClose(lossOf({ kind: "loss", loss: focal }, TEACHER), towards(0));
});
