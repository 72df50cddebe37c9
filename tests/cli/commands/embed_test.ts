import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { parseFlags } from "../../../lib/cli/flags/command_line.ts";
import { embed } from "../../../lib/cli/commands/embed/embed.ts";
import { layout } from "../../../lib/embedding/layout.ts";
import { takeRows } from "../../../lib/matrix.ts";
import { readNpy, writeNpy } from "../../../lib/files/npy.ts";
import { points } from "../../embedding/reference.ts";
import { penultimateFeatures } from "../../../lib/runs/features.ts";
import { openRun } from "../../../lib/runs/open.ts";
import { readRunLabels } from "../../../lib/runs/store.ts";
import { fakeRun, STUDY } from "../../runs/fake_runs.ts";
import { ils, ilsJson, inFolder as inTemporary } from "../program.ts";

const few = takeRows(points, Array.from({ length: 60 }, (_, i) => i));
const labels = Int32Array.from({ length: 60 }, (_, i) => i % 3);
const SHORT = ["--perplexity", "8", "--iterations", "250", "--seed", "4"];

/** Runs `test` in a folder with points and labels. */
async function inFolder(test: (at: (name: string) => string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const at = (name: string) => join(folder, name);
  try {
    await writeNpy(at("X.npy"), { data: few.data, shape: [60, 10] });
    await writeNpy(at("Y.npy"), { data: labels, shape: [60] });
    await writeNpy(at("short.npy"), { data: labels.slice(1), shape: [59] });
    await test(at);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function run(args: readonly string[], log: (text: string) => void = () => {}) {
  const values = parseFlags(args, embed.flags);
  return embed.run(values, { log, terminal: false, args: [] });
}

Deno.test("embed writes the layout of the chosen classes and describes it", async () => {
  await inFolder(async (at) => {
    let logged = "";
    const answer = await run([
      ...["--input", at("X.npy"), "--labels", at("Y.npy")],
      ...["--classes", "0,2", "--out", at("E.npy"), "--figure", at("F.svg")],
      ...SHORT,
    ], (text) => logged += text);
    const kept = Array.from({ length: 60 }, (_, i) => i)
      .filter((i) => i % 3 !== 1);
    const expected = layout(takeRows(few, kept), {
      perplexity: 8,
      iterations: 250,
      seed: 4,
    });
    const { data, shape } = await readNpy(at("E.npy"));
    deepStrictEqual(shape, [40, 2]);
    deepStrictEqual(data, expected.embedding.data);
    const json = answer.json as Record<string, number>;
    deepStrictEqual(Object.keys(json), [
      ...["out", "n", "features", "perplexity", "iterations", "seed"],
      ...["klDivergence", "trustworthiness", "neighbours", "neighbourPurity"],
      ...["seconds", "remarks"],
    ]);
    strictEqual(json.n, 40);
    strictEqual(json.features, null);
    strictEqual(json.klDivergence, expected.klDivergence);
    ok(json.trustworthiness > 0.5 && json.trustworthiness <= 1);
    const svg = await Deno.readTextFile(at("F.svg"));
    ok(svg.includes("class 0") && svg.includes("class 2"));
    ok(!svg.includes("class 1"));
    ok(logged.startsWith("t-SNE 0/250, KL divergence "));
    ok(logged.includes("t-SNE 250/250"));
  });
});

Deno.test("embed needs no labels, not even for a figure", async () => {
  await inFolder(async (at) => {
    const answer = await run([
      ...["--input", at("X.npy"), "--out", at("E.npy")],
      ...["--figure", at("F.svg"), ...SHORT],
    ]);
    ok(!("neighbourPurity" in (answer.json as object)));
    const svg = await Deno.readTextFile(at("F.svg"));
    ok(svg.includes("60 points"));
  });
});

Deno.test("embed reads a table with names of classes, and tells which columns it left out", async () => {
  await inFolder(async (at) => {
    const names = ["cat", "dog", "ant"];
    const lines = Array.from({ length: 60 }, (_, i) => {
      const row = few.data.subarray(10 * i, 10 * i + 10);
      return [i, ...row, names[labels[i]]].join(",");
    });
    const head = ["id", ...few.data.slice(0, 10).keys(), "label"].join(",");
    await Deno.writeTextFile(at("T.csv"), [head, ...lines].join("\n"));
    const out = ["--out", at("E.npy")];
    const table = ["--input", at("T.csv"), "--labels", at("T.csv:label")];
    const svg = ["--figure", at("F.svg")];
    const answer = await run([
      ...[...table, "--classes", "cat,ant", ...out, ...svg, ...SHORT],
    ]);
    const { n, remarks } = answer.json as { n: number; remarks: string[] };
    strictEqual(n, 40);
    deepStrictEqual(remarks, [
      `${at("T.csv")}: column id is not among the 10 coordinates`,
    ]);
    ok(answer.text.endsWith(`Remark: ${remarks[0]}\n`));
    const { data } = await readNpy(at("E.npy"));
    const X = ["--input", at("X.npy"), "--labels", at("Y.npy")];
    await run([...X, "--classes", "0,2", ...out, ...SHORT]);
    // The table has all digits of the numbers, in float64.
    const same = await readNpy(at("E.npy"));
    deepStrictEqual(data, same.data);
    const figure = await Deno.readTextFile(at("F.svg"));
    ok(figure.includes("cat") && figure.includes("ant"));
    ok(!figure.includes("dog"));
    await rejects(
      () => run([...table, "--classes", "eel", ...out]),
      /must be classes of the points, ant, cat, dog: current value is eel$/,
    );
  });
});

Deno.test("embed takes one-hot rows as labels", async () => {
  await inFolder(async (at) => {
    const args = (name: string) => [
      ...["--input", at("X.npy"), "--labels", at(name)],
      ...["--classes", "1", "--out", at("E.npy"), ...SHORT.slice(2)],
      ...["--perplexity", "4"],
    ];
    const data = new Uint8Array(180);
    labels.forEach((label, i) => data[3 * i + label] = 1);
    await writeNpy(at("H.npy"), { data, shape: [60, 3] });
    const { json } = await run(args("H.npy"));
    const { n, remarks } = json as { n: number; remarks: string[] };
    strictEqual(n, 20);
    ok(remarks[0].endsWith("one-hot rows are taken as their argmax"));
    const fromRows = await readNpy(at("E.npy"));
    await run(args("Y.npy"));
    deepStrictEqual(fromRows, await readNpy(at("E.npy")));
  });
});

Deno.test("embed --ignore-label leaves points out", async () => {
  await inFolder(async (at) => {
    const noisy = labels.map((label, i) => i < 12 ? -1 : label);
    await writeNpy(at("Y.npy"), { data: noisy, shape: [60] });
    const args = [
      ...["--input", at("X.npy"), "--labels", at("Y.npy")],
      ...["--out", at("E.npy"), ...SHORT],
    ];
    await rejects(
      () => run(args),
      /row 0 \(from 0\) is -1 .*--ignore-label -1 leaves|ignoreLabel/,
    );
    const { json } = await run([...args, "--ignore-label=-1"]);
    const { n, remarks } = json as { n: number; remarks: string[] };
    strictEqual(n, 48);
    ok(remarks[0].endsWith("12 of 60 rows, with label -1, are left out"));
    const kept = Array.from({ length: 48 }, (_, i) => i + 12);
    const { data } = await readNpy(at("E.npy"));
    const expected = layout(takeRows(few, kept), {
      ...{ perplexity: 8, iterations: 250, seed: 4 },
    });
    deepStrictEqual(data, expected.embedding.data);
    await rejects(
      () => run([...args.slice(0, 2), ...args.slice(4), "--ignore-label=-1"]),
      { message: "--ignore-label needs --labels Y with --input" },
    );
    await rejects(
      () => run(["--run", "r", "--out", at("E.npy"), "--ignore-label=-1"]),
      { message: "--run has its own labels: leave out --ignore-label" },
    );
  });
});

Deno.test("embed refuses invalid input and writes nothing", async () => {
  await inFolder(async (at) => {
    const X = ["--input", at("X.npy")];
    const Y = ["--labels", at("Y.npy")];
    const cases: [string[], RegExp][] = [
      [Y, /^BadInput: --run RUN or --input X is required$/],
      [[...X, "--run", "r"], /: --run and --input exclude each other$/],
      [
        ["--run", "r", ...Y],
        /--run has its own labels: leave out --labels$/,
      ],
      [["--run", at("none")], /Cannot find a finished run/],
      [
        [...X, "--features", "penultimate"],
        /^BadInput: --features needs --run: a file has only the points in it, but no network that could compute others$/,
      ],
      [[...X, "--classes", "0"], /--classes needs --labels Y.npy/],
      [
        [...X, ...Y, "--classes", "0,3"],
        /must be classes of the points, 0, 1, 2: current value is 3$/,
      ],
      [
        [...X, "--labels", at("short.npy")],
        /has 60 rows, but --labels .*short.npy has 59$/,
      ],
      [
        X,
        /perplexity for 60 points must be in \[2, 19\]: current value is 30$/,
      ],
    ];
    for (const [args, message] of cases) {
      await rejects(() => run([...args, "--out", at("E.npy")]), message);
      await rejects(() => Deno.stat(at("E.npy")), Deno.errors.NotFound);
    }
  });
});

Deno.test("embed overwrites no input and writes no file twice", async () => {
  await inFolder(async (at) => {
    await Deno.symlink(at("X.npy"), at("link.svg"));
    await Deno.writeTextFile(at("E.svg"), "");
    await Deno.symlink(at("E.svg"), at("link.npy"));
    const bytes = await Deno.readFile(at("X.npy"));
    const X = ["--input", at("X.npy"), "--labels", at("Y.npy"), ...SHORT];
    const cases: [string, string, RegExp][] = [
      ["E.npy", "X.npy", /--figure must name a file that ends in .svg: .*X.n/],
      ["E.npy", "link.svg", /--figure must not overwrite the input .*X.npy$/],
      ["E.svg", "F.svg", /--out must name a file that ends in .npy: .*E.svg$/],
      [
        "link.npy",
        "E.svg",
        /--out and --figure must name different files: both /,
      ],
      ["X.npy", "F.svg", /--out must not overwrite the input .*X.npy$/],
    ];
    for (const [out, figure, message] of cases) {
      await rejects(
        async () => await run([...X, "--out", at(out), "--figure", at(figure)]),
        message,
      );
    }
    deepStrictEqual(await Deno.readFile(at("X.npy")), bytes);
  });
});

Deno.test("ils embed takes the logits or the penultimate features of a run", () =>
  inTemporary(async (cwd) => {
    const train = "train --dataset excerpt --model mlp --limit 200 --lr 0.05 " +
      "--batch-size 20 --epochs 1 --out run";
    await ilsJson(train.split(" "), { cwd });
    const embedded = async (flags: string) => {
      const args = ["embed", "--run", "run", "--out", "E.npy", ...SHORT];
      const json = await ilsJson(
        [...args, "--classes", "2,6", ...flags.split(" ").filter(Boolean)],
        { cwd },
      );
      return { json, data: (await readNpy(join(cwd, "E.npy"))).data };
    };
    const plain = await embedded("");
    strictEqual(plain.json.features, "logits");
    deepStrictEqual((await embedded("--features logits")).data, plain.data);
    const { json, data } = await embedded("--features penultimate");
    strictEqual(json.features, "penultimate");
    strictEqual(json.n, 40);
    // The library's features of the same images.
    const run = (await openRun(join(cwd, "run")))!;
    const classes = await readRunLabels(run, "test");
    const rows = [...classes.keys()].filter((i) => [2, 6].includes(classes[i]));
    const features = await penultimateFeatures(run, "test", { rows });
    strictEqual(features.columns, 128);
    const options = { perplexity: 8, iterations: 250, seed: 4 };
    deepStrictEqual(data, layout(features, options).embedding.data);
    const misspelt = await ils(
      ["embed", "--run=run", "--out=F.npy", "--features=penultimat"],
      { cwd },
    );
    deepStrictEqual([misspelt.code, misspelt.stderr], [
      2,
      "--features must be one of logits, penultimate: current value is " +
      "penultimat, did you mean penultimate?\n",
    ]);
  }));

Deno.test("embed overwrites no file of its run", async () => {
  await inFolder(async (at) => {
    await Deno.rename(at("X.npy"), at("logits-test.npy"));
    await Deno.rename(at("Y.npy"), at("labels-test.npy"));
    const { record } = fakeRun(STUDY);
    await Deno.writeTextFile(at("run.json"), JSON.stringify(record));
    await Deno.mkdir(at("model"));
    await Deno.writeTextFile(at("model/weights.bin"), "");
    await Deno.symlink(at("run.json"), at("run.npy"));
    await Deno.symlink(at("model/weights.bin"), at("weights.npy"));
    for (const name of ["logits-test.npy", "run.npy", "weights.npy"]) {
      await rejects(
        () => run(["--run", at("."), "--out", at(name), ...SHORT]),
        /--out must not overwrite the input .*$/,
      );
    }
  });
});

Deno.test("embed accepts integers, and a list as one column", async () => {
  await inFolder(async (at) => {
    const integers = Int16Array.from(
      { length: 40 },
      (_, i) => 100 * (i % 2) + i,
    );
    await writeNpy(at("list.npy"), { data: integers, shape: [40] });
    await writeNpy(at("column.npy"), {
      data: Float64Array.from(integers),
      shape: [40, 1],
    });
    const embeddings = [];
    for (const name of ["list.npy", "column.npy"]) {
      await run(["--input", at(name), "--out", at("E.npy"), ...SHORT]);
      embeddings.push(await readNpy(at("E.npy")));
    }
    deepStrictEqual(embeddings[0], embeddings[1]);
    deepStrictEqual(embeddings[0].shape, [40, 2]);
    ok(embeddings[0].data.every((value) => Number.isFinite(Number(value))));
  });
});

Deno.test("embed speaks of points, not logits, in its errors", async () => {
  await inFolder(async (at) => {
    await writeNpy(at("cube.npy"), {
      data: new Float32Array(8),
      shape: [2, 2, 2],
    });
    await writeNpy(at("nan.npy"), {
      data: new Float32Array(40).fill(NaN, 39),
      shape: [20, 2],
    });
    const cases: [string, RegExp][] = [
      [
        "cube.npy",
        /^BadInput: Cannot read points from .*: its shape is \(2, 2, 2\) but must be \(rows, columns\) or \(rows,\)/,
      ],
      ["nan.npy", /^BadInput: Cannot embed points .*row 19, column 1 is NaN$/],
    ];
    for (const [name, message] of cases) {
      const args = [
        "--input",
        at(name),
        "--out",
        at("E.npy"),
        "--perplexity",
        "5",
      ];
      await rejects(() => run(args), message);
    }
  });
});
