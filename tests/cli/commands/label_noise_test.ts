/** `--label-noise` in the commands that train, and where runs are listed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { loadDataset } from "../../../lib/data/dataset.ts";
import { readLabels } from "../../../lib/files/read_labels.ts";
import { interruptWhen } from "../interrupt_when.ts";
import { ils, ilsJson, inFolder, start } from "../program.ts";

const TINY = "train --dataset excerpt --model mlp --limit 100 --lr 0.05 " +
  "--batch_size 20 --epochs 2";

const EVEN = "--label-noise even:0.3 --noise-seed 5";

const args = (more: string, base = TINY) => `${base} ${more}`.split(" ");

/** Reads the labels of a part of a run, by the index of the sample. */
async function labelsOf(folder: string, part: "train" | "val") {
  const read = (what: string) =>
    readLabels(join(folder, `${what}-${part}.npy`));
  const [labels, indices] = [await read("labels"), await read("indices")];
  return new Map(Array.from(indices, (index, i) => [index, labels[i]]));
}

Deno.test("ils train --label-noise says so, trains once, and tests on clean labels", () =>
  inFolder(async (cwd) => {
    const clean = await ilsJson(args("--seed 1"), { cwd });
    assert.equal(clean.labelNoise, null);
    const noisy = await ilsJson(args(EVEN), { cwd });
    assert.deepEqual(noisy.labelNoise, { kind: "even", rate: 0.3, seed: 5 });
    assert.notEqual(noisy.id, clean.id);
    const again = await ils(args(EVEN), { cwd });
    assert.match(again.stderr, /is already finished/);
    assert.match(
      again.stdout,
      /^\S+\n30 % even label noise \(seed 5\) in training and validation\nbest /,
    );
    const { train, test } = await loadDataset("excerpt");
    const folder = join(cwd, noisy.folder);
    const found = await labelsOf(folder, "train");
    const changed = [...found].filter(([i, label]) =>
      label !== train.labels[i]
    );
    assert.ok(changed.length > 0 && changed.length < found.size / 2);
    const tested = await readLabels(join(folder, "labels-test.npy"));
    assert.deepEqual(tested, test.labels);
    const evaluated = await ilsJson(["evaluate", "--run", noisy.id], { cwd });
    assert.equal(evaluated.accuracy, noisy.accuracy);
  }));

Deno.test("the same noise gives the same labels whatever --seed and --limit are", () =>
  inFolder(async (cwd) => {
    const parts = [];
    const all = TINY.replace("--limit 100 ", "");
    const others = ["--limit 100", "--limit 100 --seed 2", "--limit 200"];
    for (const other of others) {
      const run = await ilsJson(args(`${EVEN} ${other}`, all), { cwd });
      const folder = join(cwd, run.folder);
      for (const part of ["train", "val"] as const) {
        parts.push(await labelsOf(folder, part));
      }
    }
    const known = new Map<number, number>();
    for (const part of parts) {
      for (const [index, label] of part) {
        assert.equal(label, known.get(index) ?? label);
        known.set(index, label);
      }
    }
    const twice = parts.reduce((sum, { size }) => sum + size, 0) - known.size;
    assert.ok(twice >= 100, "the runs share samples");
  }));

Deno.test("teachers, students and ils tune have the same similar noise, also in other processes", () =>
  inFolder(async (cwd) => {
    const elsewhere = join(cwd, "elsewhere");
    const source = await ilsJson(args(`--out ${elsewhere}`), { cwd });
    const noise = `--label-noise similar:0.3 --noise-from ${elsewhere}`;
    const labelNoise = {
      ...{ kind: "similar", rate: 0.3, seed: 1 },
      source: source.id,
    };
    const taught = await ilsJson(
      args(`--method ils --teacher-ensemble 2 --threads 1 ${noise}`),
      { cwd },
    );
    assert.deepEqual(taught.labelNoise, labelNoise);
    const student = await ilsJson(
      (`distill --teacher ${taught.id} --student mlp --trials 1 ` +
        "--epochs 1 --batch_size 20").split(" "),
      { cwd },
    );
    assert.deepEqual(student.labelNoise, labelNoise);
    await ilsJson(
      args(
        `--methods ce,ls --epsilon 0.2 --seeds 1 ${noise}`,
        TINY.replace("train", "tune"),
      ),
      { cwd },
    );
    const runs = join(cwd, "results", "runs");
    const names = [...Deno.readDirSync(runs)].map(({ name }) => name);
    // The ensemble of two and its student; the student of distill, and the
    // source, trained again below results/runs for it; the tuned ls, as the
    // tuned ce is the first of the ensemble.
    assert.equal(names.length, 6, names.join(" "));
    const expected = await labelsOf(join(runs, taught.id), "train");
    for (const name of names) {
      const found = await labelsOf(join(runs, name), "train");
      if (name === source.id) assert.notDeepEqual(found, expected);
      else assert.deepEqual(found, expected, name);
    }
  }));

Deno.test("an interrupted training with noise resumes to the same network", () =>
  inFolder(async (cwd) => {
    const long = TINY.replace("--epochs 2", "--epochs 40");
    const line = args(EVEN, long);
    const child = start([...line, "--out", "broken"], { cwd });
    const { code } = await interruptWhen(
      child,
      (stderr) => / epoch 2 {2}/.test(stderr),
      () => child.kill("SIGINT"),
    );
    assert.equal(code, 130);
    const resumed = await ils([...line, "--out", "broken", "--resume"], {
      cwd,
    });
    assert.doesNotMatch(resumed.stderr, / epoch 1 {2}/);
    await ilsJson([...line, "--out", "whole"], { cwd });
    const logits = (folder: string) =>
      Deno.readFileSync(join(cwd, folder, "logits-test.npy"));
    assert.deepEqual(logits("broken"), logits("whole"));
  }));

Deno.test("ils table lists noisy and clean runs apart", () =>
  inFolder(async (cwd) => {
    for (const seed of [1, 2]) {
      await ilsJson(args(`--seed ${seed}`), { cwd });
      await ilsJson(args(`--seed ${seed} ${EVEN}`), { cwd });
    }
    const table = "table --dataset excerpt".split(" ");
    const rows = await ilsJson(table, { cwd });
    assert.deepEqual(
      rows.map((
        { noise, n, scaled }: Record<string, unknown>,
      ) => [noise, n, scaled]).sort(),
      ["", "30 % even label noise (seed 5)"].flatMap((noise) =>
        [false, true].map((scaled) => [noise, 2, scaled])
      ),
    );
    const { stdout } = await ils(table, { cwd });
    assert.equal(
      stdout.match(/30 % even label noise \(seed 5\); /g)?.length,
      1,
    );
    assert.equal(stdout.match(/^excerpt, mlp, /gm)?.length, 2);
  }));

Deno.test("ils tune --commands prints the noise of candidates and their teachers", () =>
  inFolder(async (cwd) => {
    const source = await ilsJson(args("--seed 1"), { cwd });
    for (
      const noise of [
        EVEN,
        `--label-noise similar:0.3 --noise-from ${source.id}`,
      ]
    ) {
      const { commands } = await ilsJson(
        args(
          `--methods ils2 --epsilon 0.2 --temperature 1 --seeds 1 ${noise} ` +
            "--dry-run --commands",
          TINY.replace("train", "tune"),
        ),
        { cwd },
      );
      assert.equal(commands.length, 2);
      for (const line of commands) assert.ok(line.includes(noise), line);
    }
  }));

const WRONG: readonly [string, RegExp][] = [
  ["--label-noise even:0", /^--label-noise even:P must be in \(0, 1\]: .* 0$/],
  ["--label-noise even:1.5", /^--label-noise even:P must be .*\]: .* 1.5$/],
  ["--label-noise even", /^--label-noise even:P must be a number: .* ""$/],
  [
    "--label-noise odd:0.2",
    /^--label-noise must be even:P or similar:P: current value is odd:0.2$/,
  ],
  ["--label-noise even:0.2:1", /^--label-noise must be even:P or similar:P: /],
  ["--noise-seed 2", /^--noise-seed needs --label-noise$/],
  ["--label-noise even:1 --noise-seed -1", /^--noise-seed must be a whole /],
  [
    "--label-noise similar:0.2",
    /^--label-noise similar:0.2 needs --noise-from: a ce run on the clean /,
  ],
  [
    "--label-noise similar:0.2 --noise-from none",
    /^Cannot find a finished run none: /,
  ],
  ["--noise-from none", /^--noise-from needs --label-noise similar:P$/],
  [
    "--label-noise even:0.2 --noise-from none",
    /^--noise-from needs --label-noise similar:P$/,
  ],
];

for (const [flags, message] of WRONG) {
  Deno.test(`ils train and ils tune refuse ${flags}`, () =>
    inFolder(async (cwd) => {
      for (const command of ["train", "tune"]) {
        const line = args(flags, `${command} --dataset excerpt --model mlp`);
        const { code, stdout, stderr } = await ils(line, { cwd });
        assert.deepEqual([code, stdout], [2, ""], stderr);
        assert.match(stderr.trimEnd(), message);
      }
      assert.deepEqual([...Deno.readDirSync(cwd)], []);
    }));
}

Deno.test("ils train refuses a teacher or a source with other noise", () =>
  inFolder(async (cwd) => {
    const clean = await ilsJson(args("--seed 1"), { cwd });
    const noisy = await ilsJson(args(EVEN), { cwd });
    const refused: [string, RegExp][] = [
      [
        `--method ils ${EVEN} --teacher ${clean.id}`,
        /^A teacher must have the label noise of its student, 30 % even .*: it has clean labels\n$/,
      ],
      [
        `--method ils --teacher ${noisy.id}`,
        /^A teacher must have .*, clean labels: it has 30 % even .*\n$/,
      ],
      [
        `--label-noise similar:0.2 --noise-from ${noisy.id}`,
        /^The source of similar label noise must be a ce run on .*: it is ce with 30 % even .*\n$/,
      ],
    ];
    for (const [flags, message] of refused) {
      const { code, stderr } = await ils(args(flags), { cwd });
      assert.equal(code, 2);
      assert.match(stderr, message);
    }
  }));
