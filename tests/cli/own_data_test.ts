/** The user's own images and arrays, from training to a student. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNpy } from "../../lib/files/npy.ts";
import { encodePng } from "../../lib/plots/parts/png.ts";
import { stream } from "../../lib/random.ts";
import { ils, ilsJson, inFolder } from "./program.ts";

/** Writes grey images of noise, `side` pixels wide; one class is darker. */
async function writeImages(folder: string, side: number, perClass = 14) {
  const random = stream(1, "pictures");
  for (const [name, shade] of [["dark", 60], ["light", 180]] as const) {
    const place = join(folder, name);
    await Deno.mkdir(place, { recursive: true });
    for (let i = 0; i < perClass; i++) {
      const pixels = Uint8Array.from(
        { length: side * side },
        () => shade + random.integer(60),
      );
      const image = { pixels, width: side, height: side, channels: 1 };
      await Deno.writeFile(join(place, `${i}.png`), encodePng(image));
    }
  }
}

/** Writes points around three corners of a cube; one feature is constant. */
async function writeVectors(folder: string, seed = 1) {
  await Deno.mkdir(folder, { recursive: true });
  const random = stream(seed, "vectors");
  const labels = Int32Array.from({ length: 90 }, (_, i) => i % 3);
  const data = Float64Array.from(
    { length: 90 * 4 },
    (_, i) =>
      i % 4 === 3 ? 7 : 3 * Number(i % 4 === (i >> 2) % 3) + random.normal(),
  );
  await writeNpy(join(folder, "X.npy"), { data, shape: [90, 4] });
  await writeNpy(join(folder, "y.npy"), { data: labels, shape: [90] });
}

const TRAIN = "train --model mlp --lr 0.05 --batch_size 16 --epochs 3 --dataset"
  .split(" ");

Deno.test("ils train, evaluate and distill accept vectors, in any folder", () =>
  inFolder(async (cwd) => {
    await writeVectors(join(cwd, "points"));
    const args = [...TRAIN, "points", "--method", "ils"];
    const run = await ilsJson(args, { cwd });
    assert.match(run.id, /^points-mlp-ils-s1-/);
    assert.equal(run.n, 13);
    assert(run.accuracy > 0.7, `accuracy ${run.accuracy}`);
    const { unit } = JSON.parse(
      await Deno.readTextFile(join(cwd, run.folder, "run.json")),
    );
    assert.equal(unit, 1, "values of arrays are not divided");
    const evaluated = await ilsJson(["evaluate", "--run", run.id], { cwd });
    assert.equal(evaluated.accuracy, run.accuracy);
    await Deno.mkdir(join(cwd, "far"));
    await Deno.rename(join(cwd, "points"), join(cwd, "far", "points"));
    const moved = await ils([...TRAIN, "far/points", "--method", "ils"], {
      cwd,
    });
    assert.equal(
      moved.stderr,
      `${run.id} is already finished: nothing to do\n`,
    );
    const distill = ["distill", "--teacher", run.id, "--student", "mlp"];
    const gone = await ils(distill, { cwd });
    assert.equal(gone.code, 2);
    assert.match(
      gone.stderr,
      /^Cannot find the data set points: it must be in .*points, where it was before$/m,
    );
    await Deno.rename(join(cwd, "far", "points"), join(cwd, "points"));
    const student = await ilsJson(
      [...distill, "--trials", "1", "--epochs", "2"],
      { cwd },
    );
    assert.equal(student.trials.length, 1);
    const other = await ils(
      ["distill", "--teacher", run.id, "--trials", "1"],
      { cwd },
    );
    assert.equal(other.code, 2);
    assert.match(
      other.stderr,
      /^Model shallownet takes images, but the rows of/,
    );
  }));

Deno.test("ils data and train accept a folder of images and resize them", () =>
  inFolder(async (cwd) => {
    await writeImages(join(cwd, "shades"), 12);
    const flags = ["--dataset", "shades", "--image-size", "8"];
    const figure = ["--figure", "F.svg"];
    const description = await ilsJson(["data", ...flags, ...figure], { cwd });
    assert.deepEqual(description.shape, [8, 8, 1]);
    assert.deepEqual([description.train, description.test], [24, 4]);
    assert.match(description.sha256, /^[0-9a-f]{64}$/);
    const svg = await Deno.readTextFile(join(cwd, "F.svg"));
    assert.equal(svg.match(/<image /g)?.length, 20);
    const run = await ilsJson([
      ...TRAIN,
      ...flags.slice(1),
      "--channels",
      "3",
      "--augment",
      "crop-flip",
    ], { cwd });
    const record = JSON.parse(
      await Deno.readTextFile(join(cwd, run.folder, "run.json")),
    );
    const { folder, ...own } = record.spec.data.own;
    assert.equal(folder, await Deno.realPath(join(cwd, "shades")));
    assert.deepEqual(own, {
      ...{ sha256: description.sha256, imageSize: 8, fit: "crop", channels: 3 },
      augment: "crop-flip",
    });
    assert.deepEqual(record.classNames, ["dark", "light"]);
    assert.deepEqual([record.mean.length, record.unit], [3, 255]);
  }));

Deno.test("ils tune accepts the user's own data", () =>
  inFolder(async (cwd) => {
    await writeVectors(join(cwd, "points"));
    const tune = (model: string) =>
      `tune --dataset points --model ${model} --methods ls --epsilon 0.05,0.1 \
--lr 0.05 --batch_size 16 --epochs 2 --seeds 1`.split(" ");
    const plan = await ilsJson([...tune("mlp"), "--dry-run"], { cwd });
    assert.deepEqual(plan.secondsFrom, { kind: "steps", steps: 4 });
    const { commands } = await ilsJson(
      [...tune("mlp"), "--dry-run", "--commands"],
      { cwd },
    );
    assert.match(commands[0], /--dataset points .*--num-classes 3$/);
    const { chosen } = await ilsJson(tune("mlp"), { cwd });
    assert.equal(chosen[0].points, 2);
  }));

const WRONG: readonly [string, RegExp][] = [
  [
    "data --dataset gone",
    /^--dataset must be one of .*: current value is gone, which does not exist$/,
  ],
  ["data --dataset cifar1", /current value is cifar1, did you mean cifar10\?$/],
  [
    "data --dataset excerpt --image-size 8",
    /^--image-size applies only to a folder with your own data: images of ex/,
  ],
  [
    "data --dataset shades --image-size 1e9",
    /^--image-size must be in \[1, 2048\]: current value is 1000000000$/,
  ],
  [
    "train --dataset shades --image-size 10 --model lenet",
    /^Model lenet needs larger images than those of shades: they have 10 x 10 /,
  ],
  [
    "distill --teacher foreign",
    /^foreign\/run.json: id is missing: it must be text$/,
  ],
  ["data --dataset points --channels 1", /^--channels goes with folders of im/],
  ["data --dataset shades --fit crop", /^--fit goes with --image-size$/],
  ["data --dataset points --figure F.svg", /^Cannot draw samples of points: /],
  [
    "data --dataset empty",
    /^Cannot use .*empty as a data set: it must contain X/,
  ],
  [
    "train --dataset points --model lenet",
    /^Model lenet takes images, but the rows of points are vectors of 4 feat/,
  ],
  [
    "tune --dataset points --model lenet --dry-run",
    /^Model lenet takes images, but the rows of points are vectors of 4 feat/,
  ],
  [
    "tune --dataset points --model lenet --dry-run --commands",
    /^Model lenet takes images, but the rows of points are vectors of 4 feat/,
  ],
  [
    "tune --dataset points --model mlp --limit 99 --dry-run --commands",
    /^Cannot take 99 samples as there are only 77 for training and validation$/,
  ],
  [
    "data --dataset shades --figure shades/dark/0.svg",
    /^--figure must be outside the data folder .*shades: current v/,
  ],
  [
    "train --dataset shades --model mlp --out shades/dark/new/run",
    /^--out must be outside the data folder .*shades: current valu/,
  ],
  [
    "tune --dataset points --model mlp --out points/answer --dry-run",
    /^--out must be outside the data folder .*: current value is p/,
  ],
  [
    "train --dataset points --model mlp --augment crop-flip",
    /^Cannot crop and flip the rows of .*points: they are feature vectors$/,
  ],
  [
    "train --dataset points --model mlp --num_classes 10",
    /^--num-classes must be 3, the number of classes of points: .* is 10$/,
  ],
];
Deno.test("bad input for the user's own data gives one line and writes nothing", () =>
  inFolder(async (cwd) => {
    await writeVectors(join(cwd, "points"));
    await writeImages(join(cwd, "shades"), 4, 7);
    await Deno.mkdir(join(cwd, "empty"));
    await Deno.mkdir(join(cwd, "foreign"));
    await Deno.writeTextFile(join(cwd, "foreign", "run.json"), "{}");
    for (const [line, message] of WRONG) {
      const { code, stdout, stderr } = await ils(line.split(" "), { cwd });
      assert.equal(code, 2, line);
      assert.equal(stdout, "");
      assert.match(stderr.trimEnd().split("\n").at(-1)!, message);
    }
    const names = Array.from(Deno.readDirSync(cwd), ({ name }) => name).sort();
    assert.deepEqual(names, ["empty", "foreign", "points", "shades"]);
  }));
