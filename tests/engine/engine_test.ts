import assert from "node:assert/strict";
import { attribute, FLOAT, UINT8 } from "../../lib/engine/attributes.ts";
import { engineInfo, rawOp, tf, uint8Tensor } from "../../lib/engine/engine.ts";
import { stream } from "../../lib/random.ts";

const SHAPE: [number, number, number, number] = [2, 7, 5, 3];

Deno.test("ReLU passes gradients only where the output is above 0", () => {
  const x = tf.tensor1d([-2, 0, 0.5, 3]);
  const dy = tf.tensor1d([10, 20, 30, 40]);
  const slope = tf.grad((x) => tf.relu(x))(x, dy);
  assert.deepEqual([...slope.dataSync()], [0, 0, 30, 40]);
});

// Odd sides, whose last row and column are in no window of 2, and overlapping
// windows.
const WINDOWS: [size: number, stride: number, pad: "valid" | "same"][] = [
  [2, 2, "valid"],
  [2, 2, "same"],
  [3, 2, "valid"],
  [3, 1, "same"],
];

for (const [size, stride, pad] of WINDOWS) {
  Deno.test(`max-pooling by ${size} / ${stride} ${pad} agrees with loops`, () => {
    const { normal } = stream(1, "pool");
    const [n, height, width, channels] = SHAPE;
    const values = Float32Array.from(
      { length: n * height * width * channels },
      normal,
    );
    const x = tf.tensor4d(values, SHAPE);
    const pool = (x: tf.Tensor4D) => tf.maxPool(x, size, stride, pad);
    const y = pool(x);
    const dy = tf.range(1, y.size + 1).reshape(y.shape);
    const [, rows, columns] = y.shape;
    const before = (length: number, outputs: number) =>
      pad === "valid"
        ? 0
        : Math.floor(Math.max((outputs - 1) * stride + size - length, 0) / 2);
    const [top, left] = [before(height, rows), before(width, columns)];
    const largest = new Float32Array(y.size);
    const slope = new Float32Array(x.size);
    for (let at = 0; at < y.size; at++) {
      const [c, column] = [at % channels, Math.floor(at / channels) % columns];
      const line = Math.floor(at / channels / columns);
      const [row, image] = [line % rows, Math.floor(line / rows)];
      let best = -1;
      for (let k = 0; k < size * size; k++) {
        const h = row * stride - top + Math.floor(k / size);
        const w = column * stride - left + k % size;
        if (h < 0 || h >= height || w < 0 || w >= width) continue;
        const i = ((image * height + h) * width + w) * channels + c;
        if (best < 0 || values[i] > values[best]) best = i;
      }
      largest[at] = values[best];
      slope[best] += at + 1;
    }
    assert.deepEqual(y.dataSync(), largest);
    const found = tf.grad((x) => pool(x as tf.Tensor4D))(x, dy);
    assert.deepEqual(found.dataSync(), slope);
  });
}

Deno.test("max-pooling passes the gradient to the first of equal values", () => {
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
  const flat = tf.grad(pool)(tf.ones([1, 2, 2, 1]), tf.ones([1, 1, 1, 1]));
  assert.deepEqual([...flat.dataSync()], [1, 0, 0, 0]);
});

Deno.test("max-pooling leaves no tensors behind", () => {
  const x = tf.ones([1, 4, 4, 1]);
  const before = tf.memory().numTensors;
  const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
  pool(x).dispose();
  tf.grad(pool)(x).dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("rawOp() runs an operation that TensorFlow.js does not wrap", () => {
  const x = tf.tensor1d([1, -4]);
  const [y] = rawOp("Inv", [attribute.type("T", FLOAT)], [x], 1);
  assert.deepEqual([...y.dataSync()], [1, -0.25]);
});

Deno.test("rawOp() throws TensorFlow's error for invalid inputs", () => {
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

Deno.test("uint8Tensor() keeps bytes on the device", () => {
  const bytes = uint8Tensor(Uint8Array.of(0, 1, 128, 255), [2, 2]);
  // Only an operation with this type attribute can read them.
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

Deno.test("engineInfo() returns versions and device", () => {
  const { tfjs, tensorflow, device, deno } = engineInfo();
  for (const version of [tfjs, tensorflow, deno]) {
    assert.match(version, /^\d+\.\d+\.\d+/);
  }
  assert.ok(["cpu", "gpu"].includes(device));
});
