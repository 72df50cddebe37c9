import assert from "node:assert/strict";
import {
  attribute,
  engineInfo,
  FLOAT,
  rawOp,
  tf,
  UINT8,
  uint8Tensor,
} from "../lib/engine.ts";

Deno.test("ReLU's gradient passes where the output is above 0 only", () => {
  const x = tf.tensor1d([-2, 0, 0.5, 3]);
  const dy = tf.tensor1d([10, 20, 30, 40]);
  const slope = tf.grad((x) => tf.relu(x))(x, dy);
  assert.deepEqual([...slope.dataSync()], [0, 0, 30, 40]);
});

Deno.test("rawOp() runs an operation that TensorFlow.js has no name for", () => {
  const x = tf.tensor1d([1, -4]);
  const [y] = rawOp("Inv", [attribute.type("T", FLOAT)], [x], 1);
  assert.deepEqual([...y.dataSync()], [1, -0.25]);
});

Deno.test("rawOp() names the operation that refuses its input", () => {
  const [a, b] = [tf.ones([2, 3]), tf.ones([2, 3])];
  const attributes = [
    attribute.type("T", FLOAT),
    attribute.bool("transpose_a", false),
    attribute.bool("transpose_b", false),
  ];
  assert.throws(
    () => rawOp("MatMul", attributes, [a, b], 1),
    /Matrix size-incompatible/,
  );
});

Deno.test("uint8Tensor() keeps bytes as bytes on the device", () => {
  const bytes = uint8Tensor(Uint8Array.of(0, 1, 128, 255), [2, 2]);
  // Only an operation that is told the type can read them.
  const attributes = [
    attribute.type("SrcT", UINT8),
    attribute.type("DstT", FLOAT),
    attribute.bool("Truncate", false),
  ];
  const [numbers] = rawOp("Cast", attributes, [bytes], 1);
  assert.deepEqual(numbers.shape, [2, 2]);
  assert.deepEqual([...numbers.dataSync()], [0, 1, 128, 255]);
  tf.dispose([bytes, numbers]);
});

Deno.test("engineInfo() tells versions and device", () => {
  const { tfjs, tensorflow, device, deno } = engineInfo();
  for (const version of [tfjs, tensorflow, deno]) {
    assert.match(version, /^\d+\.\d+\.\d+/);
  }
  assert.ok(["cpu", "gpu"].includes(device));
});
