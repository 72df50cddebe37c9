import assert from "node:assert/strict";
import {
  attribute,
  ATTRIBUTE_TYPE,
  FLOAT,
  INT32,
} from "../../lib/engine/attributes.ts";
import { tf } from "../../lib/engine/engine.ts";
import { Graph } from "../../lib/engine/graph.ts";
import { environment } from "../environment.ts";

const T = attribute.type("T", FLOAT);
const dtype = attribute.type("dtype", FLOAT);

function values(tensors: readonly tf.Tensor[]): number[][] {
  const all = tensors.map((tensor) => [...tensor.dataSync()]);
  tf.dispose(tensors as tf.Tensor[]);
  return all;
}

Deno.test("a graph computes the requested outputs for tensors of any shape", () => {
  const graph = new Graph();
  const [a, b] = [graph.input(), graph.input()];
  const [sum] = graph.op("AddV2", [T], [a, b]);
  const [product] = graph.op("Mul", [T], [sum, graph.scalar(10)]);
  const session = graph.open();
  const [one, two] = [tf.scalar(1), tf.tensor1d([2, 3])];
  const inputs = [[a, one], [b, two]] as const;
  assert.deepEqual(values(session.run([product, sum], inputs)), [
    [30, 40],
    [3, 4],
  ]);
  assert.deepEqual(values(session.run([sum], [[a, one], [b, one]])), [[2]]);
  // An intermediate value can be fed as well.
  assert.deepEqual(values(session.run([product], [[sum, two]])), [[20, 30]]);
  tf.dispose([one, two]);
});

Deno.test("a graph has integers and operations with several outputs", () => {
  const graph = new Graph();
  const x = graph.input();
  const [first, second] = graph.op(
    "Split",
    [T, attribute.int("num_split", 2)],
    [graph.integer(0), x],
    { outputs: 2 },
  );
  const places = graph.input(INT32);
  const gather = [
    attribute.type("Tparams", FLOAT),
    attribute.type("Tindices", INT32),
    attribute.type("Taxis", INT32),
  ];
  const [some] = graph.op("GatherV2", gather, [x, places, graph.integer(0)]);
  const [column] = graph.op("Reshape", [T], [x, graph.integers([4, -1])]);
  const session = graph.open();
  const inputs = [
    [x, tf.tensor1d([1, 2, 3, 4])],
    [places, tf.tensor1d([3, 0], "int32")],
  ] as const;
  const results = session.run([first, second, some, column], inputs);
  assert.deepEqual(results[3].shape, [4, 1]);
  assert.deepEqual(values(results.slice(0, 3)), [[1, 2], [3, 4], [4, 1]]);
  tf.dispose([results[3], ...inputs.map(([, tensor]) => tensor)]);
});

Deno.test("variables keep their values between runs, separately for each session", () => {
  const graph = new Graph();
  const [x, variable] = [graph.input(), graph.variable()];
  const assigned = graph.effect("AssignVariableOp", [dtype], [variable, x]);
  const started = graph.once([assigned]);
  const added = graph.effect("AssignAddVariableOp", [dtype], [variable, x]);
  const read = () => graph.op("ReadVariableOp", [dtype], [variable])[0];
  const now = read();
  const [after] = graph.op("ReadVariableOp", [dtype], [variable], {
    after: [added],
  });
  const [doubled] = graph.op("AddV2", [T], [after, after]);
  const [first, second] = [graph.open(), graph.open()];
  const [one, five] = [tf.scalar(1), tf.scalar(5)];
  values(first.run([started], [[x, one]]));
  values(second.run([started], [[x, five]]));
  assert.deepEqual(values(first.run([after], [[x, five]])), [[6]]);
  assert.deepEqual(values(first.run([doubled], [[x, one]])), [[14]]);
  assert.deepEqual(values(first.run([now], [])), [[7]]);
  assert.deepEqual(values(second.run([now], [])), [[5]]);
  tf.dispose([one, five]);
});

for (const rewrite of [true, false]) {
  for (const serial of [true, false]) {
    Deno.test(`variables are changed in order with rewrite ${rewrite} and serial ${serial}`, () => {
      const graph = new Graph();
      const [x, variable] = [graph.input(), graph.variable()];
      const assigned = graph
        .effect("AssignVariableOp", [dtype], [variable, x]);
      const added = graph.effect("AssignAddVariableOp", [dtype], [
        variable,
        x,
      ], { after: [assigned] });
      const [result] = graph.op("ReadVariableOp", [dtype], [variable], {
        after: [added],
      });
      const session = graph.open({ rewrite, serial });
      const two = tf.scalar(2);
      assert.deepEqual(values(session.run([result], [[x, two]])), [[4]]);
      assert.equal(Deno.env.get("TF_SESSION_CONFIG"), undefined);
      two.dispose();
      session.close();
    });
  }
}

Deno.test("a failed run reports the reason and leaves no tensors behind", () => {
  const graph = new Graph();
  const [a, b] = [graph.input(), graph.input()];
  const [sum] = graph.op("AddV2", [T], [a, b]);
  const session = graph.open();
  const [two, three] = [tf.tensor1d([1, 2]), tf.tensor1d([1, 2, 3])];
  const before = tf.memory().numTensors;
  assert.throws(
    () => session.run([sum], [[a, two], [b, three]]),
    /Incompatible shapes: \[2\] vs\. \[3\]/,
  );
  assert.throws(
    () =>
      new Graph().op("AddV2", [
        { name: "T", type: ATTRIBUTE_TYPE.type, value: [1, 2] },
      ], []),
    /Cannot add attribute T to a graph as only lists of integers and strings are supported/,
  );
  assert.equal(tf.memory().numTensors, before);
  tf.dispose([two, three]);
});

Deno.test("a closed session cannot run", () => {
  const graph = new Graph();
  const one = graph.scalar(1);
  const session = graph.open();
  assert.deepEqual(values(session.run([one], [])), [[1]]);
  session.close();
  assert.throws(() => session.run([one], []), /SavedModel ID not found/);
});

Deno.test("opening a graph that TensorFlow refuses leaves no files and no options behind", () => {
  const graph = new Graph();
  graph.op("NoSuchOperation", [], []);
  const folder = Deno.makeTempDirSync();
  using _ = environment({ TMPDIR: folder });
  try {
    assert.throws(() => graph.open(), /NoSuchOperation/);
    const options = { rewrite: false, serial: true };
    assert.throws(() => graph.open(options), /NoSuchOperation/);
    assert.equal(Deno.env.get("TF_SESSION_CONFIG"), undefined);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    Deno.removeSync(folder);
  }
});
