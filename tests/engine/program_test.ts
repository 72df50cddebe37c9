import assert from "node:assert/strict";
import { tf } from "../../lib/engine/engine.ts";
import { Program } from "../../lib/engine/program.ts";
import { resourceVariable } from "../../lib/engine/resource_variable.ts";
import { environment } from "../environment.ts";

/** The number that a program's function returns for a number. */
function called(run: (inputs: { x: tf.Tensor }) => tf.Tensor, x: number) {
  return tf.tidy(() => run({ x: tf.scalar(x) }).dataSync()[0]);
}

for (const recorded of [true, false]) {
  const name = recorded ? "a recorded program" : "an eager program";

  Deno.test(`${name} keeps variables and resources between calls`, () => {
    const before = tf.memory().numTensors;
    const sum = tf.variable(tf.scalar(1));
    const zero = tf.scalar(0);
    const count = resourceVariable(zero);
    const program = new Program([{ variable: sum }, { handle: count.handle }], {
      recorded,
    });
    const add = program.define(({ x }) => {
      sum.assign(tf.add(sum, x));
      count.assign(tf.add(count.read(), 1));
      return tf.mul(sum, count.read());
    });
    assert.deepEqual([2, 3, 4].map((x) => called(add, x)), [3, 12, 30]);
    program.pull();
    const counted = count.read();
    assert.deepEqual([...sum.dataSync(), ...counted.dataSync()], [10, 3]);
    // A change from outside.
    tf.tidy(() => sum.assign(tf.scalar(100)));
    program.push();
    assert.equal(called(add, 5), 105 * 4);
    program.dispose();
    count.dispose();
    tf.dispose([sum, zero, counted]);
    // TensorFlow.js keeps the first value of the variable.
    assert.equal(tf.memory().numTensors, before + 1);
  });

  Deno.test(`${name} runs functions on one state, for inputs of any shape`, () => {
    const total = tf.variable(tf.scalar(0));
    const table = tf.tensor1d([10, 20, 30]);
    const program = new Program([{ variable: total }, { constant: table }], {
      recorded,
    });
    const add = program.define(({ rows }) => {
      const sum = tf.sum(tf.gather(table, rows as tf.Tensor1D));
      total.assign(tf.add(total, sum));
      return sum;
    });
    const read = program.define(() => tf.clone(total));
    const at = (...rows: number[]) =>
      tf.tidy(() => add({ rows: tf.tensor1d(rows, "int32") }).dataSync()[0]);
    assert.deepEqual([at(0, 1), at(2), at(1, 2), at(0)], [30, 30, 50, 10]);
    assert.equal(tf.tidy(() => read({}).dataSync()[0]), 120);
    assert.equal(at(1, 1, 1), 60);
    assert.equal(tf.tidy(() => read({}).dataSync()[0]), 180);
    program.dispose();
    tf.dispose([total, table]);
  });
}

Deno.test("recording a function runs it once without changing any state", () => {
  let calls = 0;
  const weight = tf.variable(tf.scalar(2));
  const program = new Program([{ variable: weight }], { recorded: true });
  const double = program.define(({ x }) => {
    calls++;
    weight.assign(tf.mul(weight, 2));
    return tf.mul(weight, x);
  });
  tf.tidy(() => double.prepare({ x: tf.scalar(0) }));
  assert.equal(weight.dataSync()[0], 2);
  assert.deepEqual([1, 1, 1].map((x) => called(double, x)), [4, 8, 16]);
  assert.equal(calls, 1);
  program.dispose();
});

Deno.test("a value that was read stays the same after a write", () => {
  const weight = tf.variable(tf.scalar(1));
  const velocity = resourceVariable(tf.scalar(0));
  const program = new Program(
    [{ variable: weight }, { handle: velocity.handle }],
    { recorded: true },
  );
  const run = program.define(({ x }) => {
    const old = velocity.read();
    velocity.assign(x);
    const oldWeight = tf.clone(weight);
    weight.assign(tf.add(weight, x));
    return tf.add(tf.mul(old, 10), oldWeight);
  });
  assert.deepEqual([5, 7].map((x) => called(run, x)), [1, 56]);
  program.dispose();
  velocity.dispose();
});

Deno.test("variables with the same value stay separate", () => {
  const one = tf.variable(tf.scalar(1));
  const copy = tf.variable(one);
  const program = new Program([{ variable: one }, { variable: copy }], {
    recorded: true,
  });
  const run = program.define(({ x }) => {
    copy.assign(tf.add(copy, x));
    return tf.add(tf.mul(copy, 10), one);
  });
  assert.deepEqual([1, 1].map((x) => called(run, x)), [21, 31]);
  program.dispose();
});

const outside = tf.scalar(3);

for (
  const [fault, body, message] of [
    [
      "uses a tensor from elsewhere",
      ({ x }: { x: tf.Tensor }) => tf.mul(x, tf.keep(outside)),
      /input 2 of operation Mul is a tensor that is neither among its inputs and state nor made by the function/,
    ],
    [
      "returns a tensor from elsewhere",
      () => outside,
      /the result is a tensor that is neither/,
    ],
    [
      "reads values",
      ({ x }: { x: tf.Tensor }) => tf.scalar(x.dataSync()[0]),
      /reads a tensor's values/,
    ],
    [
      "makes tensors of text",
      () => tf.tensor1d(["a"]).reshape([1]),
      /makes tensors of strings/,
    ],
  ] as const
) {
  Deno.test(`a function that ${fault} is refused and changes nothing`, () => {
    const total = tf.variable(tf.scalar(1));
    const program = new Program([{ variable: total }], { recorded: true });
    const before = tf.memory().numTensors;
    const run = program.define((inputs: { x: tf.Tensor }) => {
      total.assign(tf.scalar(2));
      return body(inputs);
    });
    assert.throws(() => called(run, 1), message);
    assert.equal(total.dataSync()[0], 1);
    assert.equal(tf.memory().numTensors, before);
    // Operations outside work as before.
    assert.equal(tf.tidy(() => tf.mul(outside, 2).dataSync()[0]), 6);
  });
}

Deno.test("ILS_ENGINE must be graph or eager", () => {
  using _ = environment({ ILS_ENGINE: "fast" });
  assert.throws(() => new Program([]), {
    name: "BadInput",
    message: "ILS_ENGINE must be graph or eager: it is fast",
  });
});

Deno.test("disposing a program frees its memory", () => {
  const megabytes = () => Deno.memoryUsage().rss / 2 ** 20;
  const use = () => {
    const weights = tf.tidy(() => tf.variable(tf.ones([2 ** 22])));
    const program = new Program([{ variable: weights }], { recorded: true });
    const run = program.define(({ x }) => {
      weights.assign(tf.mul(weights, x));
      return tf.sum(weights);
    });
    assert.equal(called(run, 2), 2 ** 23);
    program.dispose();
    weights.dispose();
  };
  for (let i = 0; i < 5; i++) use();
  const before = megabytes();
  for (let i = 0; i < 25; i++) use();
  // Each program has at least 16 MiB, 400 in all.
  assert.ok(megabytes() - before < 200, `${megabytes() - before} MiB`);
});
