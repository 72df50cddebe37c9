/** Rows that cannot be right: what the program says of each, in one line. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNpy } from "../../lib/files/npy.ts";
import { stream } from "../../lib/random.ts";
import { ils, inFolder } from "./program.ts";

/** Writes logits that are mostly right, and their labels. */
async function write(
  folder: string,
  name: string,
  { labels, classes = 4, order = [...labels.keys()] }: {
    readonly labels: readonly number[];
    readonly classes?: number;
    /** The row of logits of each label, if they do not fit. */
    readonly order?: readonly number[];
  },
): Promise<void> {
  const random = stream(1, name);
  const rows = labels.map((label) =>
    Array.from(
      { length: classes },
      (_, k) => random.normal() + (k === label ? 3 : 0),
    )
  );
  const data = Float32Array.from(order.flatMap((row) => rows[row]));
  const shape = [labels.length, classes];
  await writeNpy(join(folder, `L${name}.npy`), { data, shape });
  await writeNpy(join(folder, `Y${name}.npy`), {
    data: Int32Array.from(labels),
    shape: [labels.length],
  });
}

const EVEN = Array.from({ length: 200 }, (_, i) => i % 4);

/** What the test and validation rows are, the exit code and the message. */
const CASES: readonly {
  readonly name: string;
  readonly test: string;
  readonly val?: string;
  readonly code: number;
  readonly message: RegExp;
}[] = [
  {
    name: "a class missing from validation",
    ...{ test: "even", val: "three", code: 0 },
    message: /None of the validation rows has a label of class 3/,
  },
  {
    name: "one class in the test set",
    ...{ test: "one", code: 0 },
    message: /All test rows have label 2/,
  },
  {
    name: "one sample",
    ...{ test: "single", code: 0 },
    message: /All test rows have label 1/,
  },
  {
    name: "identical validation and test files",
    ...{ test: "even", val: "even", code: 0 },
    message: /200 of 200 validation rows are also test rows/,
  },
  {
    name: "validation rows of other classes",
    ...{ test: "even", val: "five", code: 2 },
    message: /Lfive\.npy with .*Leven\.npy: it has 5 classes, not 4/,
  },
  {
    name: "rows in another order",
    ...{ test: "shuffled", code: 0 },
    message: /accuracy .* no better than chance/,
  },
];

for (const { name, test, val, code, message } of CASES) {
  Deno.test(`ils evaluate of ${name}: exit ${code}, and it says so`, () =>
    inFolder(async (cwd) => {
      await write(cwd, "even", { labels: EVEN });
      await write(cwd, "three", { labels: EVEN.map((k) => k % 3) });
      await write(cwd, "one", { labels: Array(50).fill(2) });
      await write(cwd, "single", { labels: [1] });
      await write(cwd, "five", { labels: EVEN, classes: 5 });
      // Each row of logits belongs to the next label.
      const order = [...EVEN.keys()].map((i) => (i + 1) % EVEN.length);
      await write(cwd, "shuffled", { labels: EVEN, order });
      const output = await ils([
        ...["evaluate", "--logits", join(cwd, `L${test}.npy`)],
        ...["--labels", join(cwd, `Y${test}.npy`), "--resamples", "0"],
        ...val === undefined ? [] : [
          ...["--val-logits", join(cwd, `L${val}.npy`)],
          ...["--val-labels", join(cwd, `Y${val}.npy`)],
        ],
      ], { cwd });
      assert.equal(output.code, code, output.stderr);
      const text = output.stdout + output.stderr;
      const lines = text.split("\n").filter((line) => message.test(line));
      assert.equal(lines.length, 1, text);
    }));
}

const SWAPPED = "--logits Yeven.npy --labels Leven.npy";
const RIGHT = "--logits Leven.npy --labels Yeven.npy";

/** Arguments that give labels as scores and the reverse. */
const SWAPS: readonly string[] = [
  `evaluate ${SWAPPED}`,
  `evaluate ${SWAPPED} --probabilities`,
  `evaluate ${RIGHT} --val-logits Yeven.npy --val-labels Leven.npy`,
  `evaluate ${RIGHT} --also shifted=Yeven.npy,Leven.npy`,
  "evaluate --logits Hot.npy --labels Leven.npy",
  "evaluate --binary --logits Yeven.npy --labels Lone.npy",
  `calibrate ${RIGHT} --val-logits Yeven.npy --val-labels Leven.npy`,
  "compare --logits A=Leven.npy,B=Yeven.npy --labels Lother.npy",
  `targets --method ls --epsilon 0.1 ${SWAPPED} --out T.npy`,
  "embed --input Yeven.npy --labels Leven.npy --out E.npy",
];
for (const args of SWAPS) {
  Deno.test(`swapped files are called so: ils ${args}`, () =>
    inFolder(async (cwd) => {
      await write(cwd, "even", { labels: EVEN });
      await write(cwd, "other", { labels: EVEN });
      await writeNpy(join(cwd, "Hot.npy"), {
        data: Int32Array.from(
          EVEN.flatMap((k) => [0, 1, 2, 3].map((j) => +(j === k))),
        ),
        shape: [EVEN.length, 4],
      });
      await writeNpy(join(cwd, "Lone.npy"), {
        data: Float32Array.from(EVEN, (k, i) => k - i / 7),
        shape: [EVEN.length],
      });
      const { code, stderr } = await ils(args.split(" "), { cwd });
      assert.equal(code, 2);
      assert.match(
        stderr,
        /^Cannot read (scores|points) from \w+\.npy and labels from \w+\.npy: they look swapped, as \w+\.npy contains 200 labels and \w+\.npy 200 rows of [14] numbers?\n$/,
      );
    }));
}

Deno.test("files of labels for both are not called swapped", () =>
  inFolder(async (cwd) => {
    await write(cwd, "even", { labels: EVEN });
    await write(cwd, "other", { labels: EVEN });
    const args = "evaluate --logits Yeven.npy --labels Yother.npy".split(" ");
    const { code, stderr } = await ils(args, { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^Cannot read scores from Yeven\.npy: its shape/);
  }));

/** Files of a run's parts by the indices of their images, and what is said. */
const TRAINED: readonly {
  readonly name: string;
  readonly val: "val" | "train";
  readonly indices: readonly number[];
  readonly imported?: true;
  readonly remark?: RegExp;
}[] = [
  { name: "other rows", val: "val", indices: [60, 61, 62, 63] },
  {
    name: "some rows that the network was trained on",
    ...{ val: "val", indices: [60, 3, 62, 5] },
    remark:
      /^2 of 4 validation rows of .*logits-val\.npy are training rows by indices-train\.npy, such as row 1 \(image 3\): calibrators fitted to them are too confident$/,
  },
  {
    name: "the training rows",
    ...{ val: "train", indices: [60] },
    remark: /^4 of 4 validation rows of .*logits-train\.npy are training rows/,
  },
  {
    name: "rows of an imported network, whose training rows are not known",
    ...{ val: "val", indices: [60, 3, 62, 5], imported: true },
  },
];
for (const { name, val, indices, imported, remark } of TRAINED) {
  Deno.test(`validation rows of a run that are ${name}`, () =>
    inFolder(async (cwd) => {
      const labels = [0, 1, 2, 3];
      await write(cwd, "even", { labels: EVEN });
      await write(cwd, "rows", { labels });
      const save = (part: string, data: readonly number[]) =>
        writeNpy(join(cwd, `indices-${part}.npy`), {
          data: Int32Array.from(data),
          shape: [data.length],
        });
      await save("train", [3, 4, 5, 6]);
      await save("val", indices);
      if (imported) await Deno.writeTextFile(join(cwd, "import.json"), "{}");
      const path = join(cwd, `logits-${val}.npy`);
      await Deno.rename(join(cwd, "Lrows.npy"), path);
      const { code, stdout } = await ils([
        ...["evaluate", "--logits", join(cwd, "Leven.npy")],
        ...["--labels", join(cwd, "Yeven.npy"), "--resamples", "0", "--json"],
        ...["--val-logits", path, "--val-labels", join(cwd, "Yrows.npy")],
      ], { cwd });
      assert.equal(code, 0);
      const found: string[] = JSON.parse(stdout).remarks;
      const about = found.filter((line) => /training rows/.test(line));
      assert.equal(about.length, remark === undefined ? 0 : 1, `${found}`);
      if (remark !== undefined) assert.match(about[0], remark);
    }));
}

const TRAIN = "train --dataset excerpt --model mlp --limit 400 --threads 1 " +
  "--batch_size 20 --epochs 1";

Deno.test("a loss that is not finite ends with the epoch, the step and advice", () =>
  inFolder(async (cwd) => {
    const args = `${TRAIN} --method ce --lr 1e20`.split(" ");
    const { code, stderr } = await ils(args, { cwd });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^Failed: Training stopped at epoch 1, step \d+, .*smaller learning rate may help$/m,
    );
  }));

Deno.test("a loss that diverges in epoch 4 keeps the state after epoch 3, and the advice works", () =>
  inFolder(async (cwd) => {
    // An epoch is one step.
    const args = `${TRAIN} --method ce --batch_size 400 --epochs 8 --out run`
      .replace("--batch_size 20 --epochs 1 ", "").split(" ");
    const checkpoint = () =>
      Deno.readFileSync(join(cwd, "run/checkpoint/last.safetensors"));
    const message =
      /^Failed: Training stopped at epoch 4, step 1, .*, last validation loss [\d.e+]+\); a smaller learning rate may help$/m;
    const first = await ils([...args, "--lr", "100"], { cwd });
    assert.equal(first.code, 1);
    assert.match(first.stderr, message);
    const bytes = checkpoint();
    const again = await ils([...args, "--lr", "100", "--resume"], { cwd });
    assert.equal(again.code, 1);
    assert.match(again.stderr, message);
    assert(!again.stderr.includes("epoch 3 "), again.stderr);
    assert.deepEqual(checkpoint(), bytes);
    const { code, stderr } = await ils([...args, "--lr", "0.05"], { cwd });
    assert.equal(code, 0, stderr);
    const record = Deno.readTextFileSync(join(cwd, "run/run.json"));
    assert.equal(JSON.parse(record).epochs, 8);
  }));

Deno.test("a teacher of another split, or of other classes, is refused", () =>
  inFolder(async (cwd) => {
    const teacher = join(cwd, "teacher");
    const plain = `${TRAIN} --method ce --lr 0.05 --out`.split(" ");
    assert.equal((await ils([...plain, teacher], { cwd })).code, 0);
    await write(cwd, "even", { labels: EVEN });
    const taught = `${TRAIN} --method ils2 --epsilon 0.1 --lr 0.05`.split(" ");
    const cases: [string[], RegExp][] = [
      [["--seed", "2", "--teacher", teacher], /split .* must match the teach/],
      [["--teacher", join(cwd, "Leven.npy")], /must have one row for each/],
    ];
    for (const [more, message] of cases) {
      const out = join(cwd, "student");
      const args = [...taught, ...more, "--out", out];
      const { code, stderr } = await ils(args, { cwd });
      assert.equal(code, 2, stderr);
      assert.match(stderr, message);
      await assert.rejects(Deno.stat(join(out, "run.json")));
    }
  }));
