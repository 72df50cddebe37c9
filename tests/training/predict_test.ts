import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { predict } from "../../lib/training/predict.ts";
import { validate } from "../../lib/training/validate.ts";
import { row } from "../../lib/matrix.ts";
import { softmax } from "../../lib/logits/softmax.ts";
import { assertAllClose } from "./all_close.ts";
import { toyModel, toyProblem, toyShallownet } from "./toy_problem.ts";
import { weightsOf } from "../models/weights_of.ts";
import { environment } from "../environment.ts";

Deno.test("predict() returns one row per image in order, for any batch size", () => {
  const { data } = toyProblem({ samples: 10 });
  const model = toyModel();
  const expected = tf.tidy(() => {
    const all = data.train.gather(tf.range(0, 10, 1, "int32"));
    return (model.apply(all) as tf.Tensor).dataSync();
  });
  for (const batchSize of [1, 3, 10, 500]) {
    const logits = predict(model, data.train, { batchSize });
    assert.deepEqual([logits.rows, logits.columns], [10, 3]);
    assertAllClose(logits.data, expected, 1e-5);
  }
});

Deno.test("predict() gives the same bits as a graph and eagerly", () => {
  const { data } = toyProblem({ samples: 30 });
  const model = toyShallownet();
  // Fifteen batches, the last one not full: a graph.
  const before = tf.memory().numTensors;
  const recorded = predict(model, data.train, { batchSize: 2 });
  assert.equal(tf.memory().numTensors, before);
  using _ = environment({ ILS_ENGINE: "eager" });
  const eager = predict(model, data.train, { batchSize: 2 });
  assert.deepEqual(recorded.data, eager.data);
});

Deno.test("predict() uses neither dropout nor batch statistics", () => {
  const { data } = toyProblem({ samples: 10 });
  const model = toyShallownet();
  const before = weightsOf(model);
  const first = predict(model, data.train);
  assert.deepEqual(predict(model, data.train), first);
  assert.deepEqual(weightsOf(model), before);
});

Deno.test("validate() averages the log loss and the accuracy", () => {
  const { data, labels } = toyProblem({ samples: 10 });
  const model = toyModel();
  const probabilities = softmax(predict(model, data.train));
  const rows = [...labels].map((_, i) => [...row(probabilities, i)]);
  const losses = rows.map((p, i) => -Math.log(p[labels[i]]));
  const right = rows.filter((p, i) => Math.max(...p) === p[labels[i]]);
  const { loss, accuracy } = validate(predict(model, data.train), labels);
  assertAllClose([loss], [losses.reduce((a, b) => a + b) / 10], 1e-12);
  assert.equal(accuracy, right.length / 10);
  assert.ok(right.length > 0 && right.length < 10);
});
