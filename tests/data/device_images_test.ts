import assert from "node:assert/strict";
import {
  cropAndFlip,
  type DeviceImages,
  deviceImages,
  type Pixels,
} from "../../lib/data/device_images.ts";
import { tf } from "../../lib/engine/engine.ts";
import { type Random, stream } from "../../lib/random.ts";
import { mean, sampleStandardDeviation } from "../../lib/statistics/summary.ts";

// Height and width differ, and so do the statistics of the two channels, to detect
// mixed-up axes.
const [SIZE, HEIGHT, WIDTH, CHANNELS] = [5, 6, 4, 2];
const PIXELS: Pixels = {
  images: Uint8Array.from(
    { length: SIZE * HEIGHT * WIDTH * CHANNELS },
    bytes(stream(1, "pixels")),
  ),
  height: HEIGHT,
  width: WIDTH,
  channels: CHANNELS,
  mean: [0.4, 0.6],
  std: [0.2, 0.3],
};
const PADDING = 4;

Deno.test("gather() returns images by index, normalised by channel", () => {
  withImages(PIXELS, (images) => {
    assert.equal(images.size, SIZE);
    for (const indices of [[0], [4, 1, 1], [3, 2, 1, 0, 4]]) {
      const batch = images.gather(tf.tensor1d(indices, "int32"));
      assert.deepEqual(batch.shape, [indices.length, HEIGHT, WIDTH, CHANNELS]);
      assertClose(
        batch.dataSync(),
        indices.flatMap((i) => normalised(i, (row, column) => [row, column])),
      );
    }
  });
});

Deno.test("gather() normalises by (pixel / 255 - mean) / std", () => {
  const images = Uint8Array.of(0, 51, 255);
  const [mean, std] = [[0.2], [0.4]];
  const size = { height: 1, width: 1, channels: 1 };
  withImages({ images, mean, std, ...size }, (found) => {
    const batch = found.gather(tf.tensor1d([0, 1, 2], "int32"));
    assertClose(batch.dataSync(), [-0.5, 0, 2]);
  });
});

Deno.test("gather() normalises numbers by (value - mean) / std, even large ones", () => {
  const images = Float32Array.of(1e6, -1, 1e6 + 2, 3, 1e6 + 1, 1);
  const size = { height: 1, width: 1, channels: 2 };
  const statistics = { mean: [1e6 + 1, 1], std: [0.5, 2] };
  withImages({ images, ...size, ...statistics }, (found) => {
    assert.equal(found.size, 3);
    const batch = found.gather(tf.tensor1d([2, 0, 1], "int32"));
    assert.deepEqual(batch.shape, [3, 1, 1, 2]);
    assertClose(batch.dataSync(), [0, 0, -2, -1, 2, 1]);
  });
});

Deno.test("gather() sets a channel that is constant in training to 0", () => {
  const size = { height: 1, width: 1, channels: 2 };
  const statistics = { mean: [0.2, 0], std: [0, 1] };
  for (
    const images of [Uint8Array.of(51, 0, 90, 0), Float32Array.of(1, 0, 7, 0)]
  ) {
    withImages({ images, ...size, ...statistics }, (found) => {
      const batch = found.gather(tf.tensor1d([0, 1], "int32"));
      assertClose(batch.dataSync(), [0, 0, 0, 0]);
    });
  }
});

Deno.test("gather() pads numbers with their mean", () => {
  const images = new Float32Array(HEIGHT * WIDTH).fill(9);
  const size = { height: HEIGHT, width: WIDTH, channels: 1 };
  withImages({ images, ...size, mean: [5], std: [2] }, (found) => {
    const rows = tf.zeros([40], "int32") as tf.Tensor1D;
    const shifts = drawn(found, 40, stream(1, "augment"));
    const values = found.gather(rows, shifts).dataSync();
    assert.deepEqual([...new Set(values)].sort(), [0, 2]);
  });
});

Deno.test("images normalised by their statistics have mean 0 and deviation 1", () => {
  const numbers = [...PIXELS.images].map((byte) => byte / 255);
  const channelValues = [...Array(CHANNELS).keys()]
    .map((c) => numbers.filter((_, i) => i % CHANNELS === c));
  const statistics = {
    mean: channelValues.map(mean),
    std: channelValues.map(sampleStandardDeviation),
  };
  withImages({ ...PIXELS, ...statistics }, (images) => {
    const batch = images.gather(tf.range(0, SIZE, 1, "int32"));
    const values = [...batch.dataSync()];
    for (let c = 0; c < CHANNELS; c++) {
      const channel = values.filter((_, i) => i % CHANNELS === c);
      assertClose([mean(channel)], [0]);
      assertClose([sampleStandardDeviation(channel)], [1]);
    }
  });
});

Deno.test("gather() crops and flips like loops over pixels", () => {
  const indices = Array.from({ length: 40 }, (_, i) => i % SIZE);
  withImages(PIXELS, (images) => {
    const batch = images.gather(
      tf.tensor1d(indices, "int32"),
      drawn(images, 40, stream(3, "augment")),
    );
    const random = stream(3, "augment");
    const expected = indices.flatMap((i) => {
      const top = random.integer(2 * PADDING + 1) - PADDING;
      const left = random.integer(2 * PADDING + 1) - PADDING;
      const flip = random.uniform() < 0.5;
      return normalised(i, (row, column) => [
        top + row,
        left + (flip ? WIDTH - 1 - column : column),
      ]);
    });
    assertClose(batch.dataSync(), expected);
  });
});

Deno.test("cropAndFlip() reaches every shift and mirrors half of the images", () => {
  const [batch, side] = [4000, 9];
  // A bright pixel in the middle, next to a mark that distinguishes left and right.
  const one = new Float32Array(side * side);
  one[4 * side + 4] = 1;
  one[4 * side + 5] = 2;
  const same = tf.tile(tf.tensor4d(one, [1, side, side, 1]), [batch, 1, 1, 1]);
  const moved = cropAndFlip(same as tf.Tensor4D, stream(1, "a")).dataSync();
  const shifts = new Map<string, number>();
  let mirrored = 0;
  for (let i = 0; i < batch; i++) {
    const image = moved.subarray(i * side * side, (i + 1) * side * side);
    const at = image.indexOf(1);
    const place = `${Math.floor(at / side)},${at % side}`;
    shifts.set(place, (shifts.get(place) ?? 0) + 1);
    if (image[at - 1] === 2) mirrored++;
  }
  assert.equal(shifts.size, 9 * 9);
  // The mark is outside in one of 9 columns; four standard errors around half.
  const within = batch * 17 / 18;
  assert.ok(Math.abs(mirrored - within / 2) < 4 * Math.sqrt(within / 4));
});

Deno.test("device images leave no tensors behind", () => {
  const before = tf.memory().numTensors;
  withImages(PIXELS, (images) => {
    const loaded = tf.memory().numTensors;
    const indices = tf.tensor1d([0, 1], "int32");
    images.gather(indices).dispose();
    const shifts = drawn(images, 2, stream(1, "a"));
    images.gather(indices, shifts).dispose();
    tf.dispose([indices, shifts]);
    assert.equal(tf.memory().numTensors, loaded);
  });
  assert.equal(tf.memory().numTensors, before);
});

function drawn(images: DeviceImages, batch: number, random: Random) {
  const shifts = images.drawShifts(batch, random);
  return tf.tensor2d(shifts, [3, batch], "int32");
}

function bytes({ integer }: Random): () => number {
  return () => integer(256);
}

/** Image `i` read through a map of positions; pixels outside are 0. */
function normalised(
  i: number,
  from: (row: number, column: number) => [number, number],
): number[] {
  const { images, mean, std } = PIXELS;
  const values: number[] = [];
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const [y, x] = from(row, column);
      const inside = y >= 0 && y < HEIGHT && x >= 0 && x < WIDTH;
      for (let c = 0; c < CHANNELS; c++) {
        const at = ((i * HEIGHT + y) * WIDTH + x) * CHANNELS + c;
        values.push(((inside ? images[at] : 0) / 255 - mean[c]) / std[c]);
      }
    }
  }
  return values;
}

function withImages(pixels: Pixels, test: (images: DeviceImages) => void) {
  const images = deviceImages(pixels);
  try {
    tf.tidy(() => test(images));
  } finally {
    images.dispose();
  }
}

function assertClose(actual: ArrayLike<number>, expected: readonly number[]) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, i) => {
    const distance = Math.abs(actual[i] - value);
    assert.ok(distance <= 1e-5, `entry ${i} is ${actual[i]}, not ${value}`);
  });
}
