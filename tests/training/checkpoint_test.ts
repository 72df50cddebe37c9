import assert from "node:assert/strict";
import { dirname } from "node:path";
import { tf } from "../../lib/engine/engine.ts";
import {
  decodeSafeTensors,
  encodeSafeTensors,
} from "../../lib/files/safetensors.ts";
import {
  type CheckpointPlace,
  previousPath,
} from "../../lib/training/checkpoint_file.ts";
import {
  loadCheckpoint,
  saveCheckpoint,
} from "../../lib/training/checkpoint.ts";
import { afterStep, START } from "../../lib/training/position.ts";

// A sum that needs all digits of a double.
const position = afterStep(START, { loss: 0.1 + 0.2, samples: 3 }, 1.5);

Deno.test("loadCheckpoint() restores what saveCheckpoint() saved", async () => {
  await withPlace(async (place) => {
    const groups = {
      weights: [tf.tensor2d([[1, 2], [3, 4]]), tf.scalar(5)],
      best: [],
      optimizer: [tf.tensor1d([6, 1e-20, -7])],
      average: [tf.tensor1d([8])],
    };
    const before = tf.memory().numTensors;
    await saveCheckpoint(place, { position, ...groups });
    assert.equal(tf.memory().numTensors, before);
    const found = (await loadCheckpoint(place))!;
    assert.deepEqual(found.position, position);
    for (const [name, tensors] of Object.entries(groups)) {
      const read = found[name as keyof typeof groups];
      assert.deepEqual(read.map(contents), tensors.map(contents));
      tf.dispose([...read]);
    }
    assert.equal(tf.memory().numTensors, before);
  });
});

Deno.test("loadCheckpoint() keeps more than ten tensors in order", async () => {
  await withPlace(async (place) => {
    const weights = Array.from({ length: 12 }, (_, i) => tf.scalar(i));
    await saveCheckpoint(place, {
      position,
      weights,
      best: [],
      optimizer: [],
      average: [],
    });
    const found = (await loadCheckpoint(place))!;
    assert.deepEqual(found.weights.map(contents), weights.map(contents));
  });
});

Deno.test("loadCheckpoint() returns undefined if there is no file", async () => {
  await withPlace(async (place) => {
    assert.equal(await loadCheckpoint(place), undefined);
  });
});

Deno.test("loadCheckpoint() refuses files that are not checkpoints", async () => {
  await withPlace(async (place) => {
    const { path } = place;
    await Deno.writeTextFile(path, "not a checkpoint");
    await assert.rejects(loadCheckpoint(place), {
      name: "BadInput",
      message: `Cannot read ${path}: it is not a safetensors file; to start ` +
        `over, remove ${path}`,
    });
    const other = encodeSafeTensors({ arrays: {}, metadata: {} });
    await Deno.writeFile(path, other);
    await assert.rejects(loadCheckpoint(place), {
      name: "BadInput",
      message: `Cannot resume from ${path}: it is not a checkpoint; to start ` +
        `over, remove ${path}`,
    });
  });
});

Deno.test("loadCheckpoint() names the fault of a position", async () => {
  const valid = JSON.parse(JSON.stringify(position));
  const cases: [text: string, fault: string][] = [
    ["", "it is empty"],
    ['{"epoch":1,', "it is cut short"],
    ["[]", "it must be an object: found a list"],
    [
      JSON.stringify({ ...valid, epoch: "1" }),
      'epoch must be a number: found "1"',
    ],
    [
      JSON.stringify({ ...valid, step: -1 }),
      "step must be at least 0: found -1",
    ],
    [
      JSON.stringify({ ...valid, later: 1 }),
      "later is not allowed: found 1",
    ],
    [
      JSON.stringify({ ...valid, history: [{ epoch: 1 }] }),
      "history[0].learningRate is missing: it must be a number",
    ],
  ];
  await withPlace(async (place) => {
    const before = tf.memory().numTensors;
    for (const [position, fault] of cases) {
      const metadata = { run: place.run, position };
      const arrays = { "weights.0": { shape: [1], data: Float32Array.of(1) } };
      const bytes = encodeSafeTensors({ arrays, metadata });
      await Deno.writeFile(place.path, bytes);
      await assert.rejects(loadCheckpoint(place), {
        name: "BadInput",
        message: `${place.path} position: ${fault}; to start over, remove ` +
          place.path,
      });
    }
    assert.equal(tf.memory().numTensors, before);
  });
});

Deno.test("loadCheckpoint() refuses another run's checkpoint and creates no tensors", async () => {
  await withPlace(async (place) => {
    const one = tf.scalar(1);
    const groups = {
      weights: [one],
      best: [one],
      optimizer: [one],
      average: [one],
    };
    await saveCheckpoint(place, { position, ...groups });
    const before = tf.memory().numTensors;
    await assert.rejects(loadCheckpoint({ ...place, run: "b" }), {
      name: "BadInput",
      message: `Cannot resume from ${place.path}: it belongs to run a, not b`,
    });
    assert.equal(tf.memory().numTensors, before);
  });
});

/** Groups of tensors that hold one number. */
function groupsOf(value: number) {
  return {
    weights: [tf.tensor1d([value, value])],
    best: [],
    optimizer: [],
    average: [],
  };
}

/** Saves two checkpoints; returns the bytes of the files. */
async function saveTwo(place: CheckpointPlace) {
  await saveCheckpoint(place, { position, ...groupsOf(1) });
  const previous = await Deno.readFile(place.path);
  await saveCheckpoint(place, { position, ...groupsOf(2) });
  return { previous, last: await Deno.readFile(place.path) };
}

Deno.test("saveCheckpoint() keeps the checkpoint before, unless it is of an earlier training", async () => {
  await withPlace(async (place) => {
    const { previous } = await saveTwo(place);
    assert.deepEqual(await Deno.readFile(previousPath(place.path)), previous);
    const save = { position, ...groupsOf(3) };
    await saveCheckpoint(place, save, { keep: false });
    const names = [...Deno.readDirSync(dirname(place.path))];
    assert.deepEqual(names.map(({ name }) => name), ["last.safetensors"]);
  });
});

Deno.test("loadCheckpoint() finds a flipped bit anywhere and uses the checkpoint before", async () => {
  await withPlace(async (place) => {
    const { path } = place;
    const { previous, last } = await saveTwo(place);
    const equal: number[] = [];
    for (let bit = 0; bit < 8 * last.length; bit += 31) {
      const damaged = last.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      await Deno.writeFile(path, damaged);
      await Deno.writeFile(previousPath(path), previous);
      const remarks: string[] = [];
      const found = await loadCheckpoint(place, (text) => remarks.push(text));
      const [value] = found!.weights[0].dataSync();
      tf.dispose([...found!.weights]);
      if (value === 2) {
        equal.push(bit);
        continue;
      }
      assert.equal(value, 1);
      assert.equal(remarks.length, 1);
      assert.match(
        remarks[0],
        /^Cannot read .*last.safetensors: [^\n]+; the checkpoint before it is used$/,
      );
      assert.deepEqual(await Deno.readFile(path), previous);
    }
    // A space in the header may become a tab, which means the same.
    const texts = equal.map((bit) => String.fromCharCode(last[bit >> 3]));
    assert.deepEqual(texts.filter((text) => text !== " "), []);
  });
});

Deno.test("loadCheckpoint() uses the checkpoint before if a kill left only that one", async () => {
  await withPlace(async (place) => {
    await saveTwo(place);
    await Deno.remove(place.path);
    const found = (await loadCheckpoint(place))!;
    assert.deepEqual([...found.weights[0].dataSync()], [1, 1]);
    await saveCheckpoint(place, { position, ...groupsOf(3) });
    const { weights } = (await loadCheckpoint(place))!;
    assert.deepEqual([...weights[0].dataSync()], [3, 3]);
  });
});

Deno.test("loadCheckpoint() says how to start over if both checkpoints are damaged", async () => {
  await withPlace(async (place) => {
    const { path } = place;
    await saveTwo(place);
    for (const file of [path, previousPath(path)]) {
      await Deno.writeTextFile(file, "damaged");
    }
    await assert.rejects(loadCheckpoint(place), {
      name: "BadInput",
      message: `Cannot read ${path}: it is not a safetensors file, and so is ` +
        `the checkpoint before it; to start over, remove ${path} and ` +
        previousPath(path),
    });
    // As the message says.
    await Deno.remove(path);
    await Deno.remove(previousPath(path));
    assert.equal(await loadCheckpoint(place), undefined);
  });
});

Deno.test("a checkpoint names its run in its metadata", async () => {
  await withPlace(async (place) => {
    const groups = {
      weights: [tf.scalar(2)],
      best: [],
      optimizer: [],
      average: [],
    };
    await saveCheckpoint(place, { position, ...groups });
    const bytes = await Deno.readFile(place.path);
    const { arrays, metadata } = decodeSafeTensors(bytes, place.path);
    assert.equal(metadata.run, "a");
    assert.deepEqual(Object.keys(arrays), ["weights.0"]);
  });
});

function contents(tensor: tf.Tensor) {
  return { shape: tensor.shape, data: tensor.dataSync() };
}

async function withPlace(
  use: (place: { path: string; run: string }) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    await use({ path: `${folder}/last.safetensors`, run: "a" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
