/** The same scores and labels from the files of other tools. */
import assert from "node:assert/strict";
import { z } from "zod";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { readJson } from "../../../lib/files/read_json.ts";
import { load, refusal, scores } from "./scores.ts";

const LOGITS = [
  ...[2.5, -1, 0.25],
  ...[0, 1.5, -3],
  ...[-0.5, 0.5, 4],
  ...[1, -2, 0.75],
  ...[0.125, 3, 2],
];
const LABELS = [0, 1, 2, 1, 1];

const INDEX_LEFT = /column 0 is not among the 3 scores$/;

/** Scores, labels, and the remarks that tell how they were read. */
const SAME: readonly [string, string, ...RegExp[]][] = [
  ["logits.npy", "labels.npy"],
  ["both.npz", "both.npz:y"],
  ["both.npz:scores", "labels.npy"],
  ["jax.npz", "jax.npz"],
  ["f64.safetensors", "f64.safetensors:labels"],
  ["f32.safetensors:logits", "f32.safetensors:labels"],
  ["f16.safetensors", "f16.safetensors:labels"],
  ["bf16.safetensors", "bf16.safetensors:labels"],
  ["scores_index.csv", "labels.npy", INDEX_LEFT],
  [
    "scores_counted.csv",
    "labels.npy",
    /counts the columns and is taken for a header$/,
  ],
  ["scores_plain.csv", "labels_plain.csv"],
  ["scores_commented.csv", "labels_plain.csv"],
  ["scores_blanks.txt", "labels_plain.csv"],
  [
    "scores_shuffled.csv",
    "labels.npy",
    /sorted by the numbers in their names$/,
  ],
  ["scores_plain.csv", "labels_one_hot.csv", /counts the/, /their argmax$/],
  ["scores_plain.csv", "labels_counted.csv"],
  ["named.csv", "named.csv:truth"],
  ["named.csv:cat..ant", "named.csv:-1"],
  ["named.csv:0..2", "named.csv"],
  ["table.csv:logit_*", "table.csv:label"],
  ...["table.csv", "table.tsv", "table_excel.csv", "table_quoted.csv"].map(
    (name): [string, string, RegExp] => [
      name,
      `${name}:label`,
      /column name is not among the 3 scores$/,
    ],
  ),
  ...["snappy", "gzip", "brotli", "zstd", "none", "index"].map(
    (codec): [string, string, RegExp] => [
      `${codec}.parquet`,
      `${codec}.parquet:label`,
      /columns? name.* not among the 3 scores$/,
    ],
  ),
  ["plain.mat", "plain.mat:labels"],
  ["packed.mat:logits", "packed.mat:column"],
  ["lists.parquet", "lists.parquet"],
  ["lists.parquet:logits", "lists.parquet:label"],
];
for (const [logits, labels, ...told] of SAME) {
  Deno.test(`loadScores() reads ${logits} with ${labels}`, async () => {
    const { models, remarks, ...found } = await load([
      ...["--logits", scores(logits), "--labels", scores(labels)],
    ]);
    const [model] = models;
    assert.deepEqual([...model.logits.data], LOGITS);
    assert.deepEqual([...found.labels], LABELS);
    assert.equal(remarks.length, told.length, remarks.join("\n"));
    told.forEach((remark, i) => assert.match(remarks[i], remark));
  });
}

Deno.test("the scores give NumPy's accuracy and log loss", async () => {
  const reference = await readJson(
    scores("reference.json"),
    z.object({ accuracy: z.number(), logLoss: z.number() }),
  );
  const { models: [{ logits }], labels } = await load([
    ...["--logits", scores("zstd.parquet")],
    ...["--labels", scores("zstd.parquet:label")],
  ]);
  const { plain } = evaluateLogits(logits, labels, { bins: 10 });
  assert.equal(plain.accuracy, reference.accuracy);
  assert(Math.abs(plain.logLoss - reference.logLoss) < 1e-15);
});

Deno.test("labels that are text are found in the header, or with --classes", async () => {
  const names = ["--logits", scores("logits.npy"), "--labels"];
  const given = ["--classes", "cat,dog,ant"];
  for (
    const labels of [
      "names_plain.csv",
      "names_species.csv",
      "both.npz:names",
      "half.parquet:label",
    ]
  ) {
    const found = await load([...names, scores(labels), ...given]);
    assert.deepEqual([...found.labels], LABELS);
    assert.deepEqual(found.classNames, ["cat", "dog", "ant"]);
  }
  assert.match(
    await refusal([...names, scores("names_plain.csv")]),
    /they are text \("ant", "cat", "dog"\) but must be whole numbers, unless --classes names the classes in the order of the columns$/,
  );
  assert.match(
    await refusal([
      ...names,
      scores("names_plain.csv"),
      "--classes",
      "cat,dog,eel",
    ]),
    /row 2 \(from 0\) is "ant" but must be the name of a class: "cat", "dog", "eel"$/,
  );
  assert.match(
    await refusal([
      ...names,
      scores("names_plain.csv"),
      "--classes",
      "cat,dog",
    ]),
    /^--classes must name the 3 classes of .*logits\.npy: it names 2$/,
  );
});

Deno.test("float16 columns and lists of fixed length are read from Parquet", async () => {
  const half = await load([
    ...["--logits", scores("half.parquet"), "--labels", scores("labels.npy")],
  ]);
  assert.deepEqual([...half.models[0].logits.data], LOGITS);
  const fixed = await load([
    ...["--logits", scores("fixed.parquet"), "--labels", scores("labels.npy")],
  ]);
  assert.deepEqual([...fixed.models[0].logits.data], LOGITS);
});

Deno.test("whole numbers and one column are scores too", async () => {
  const { models: [{ logits }] } = await load([
    ...["--logits", scores("int8.safetensors")],
    ...["--labels", scores("int8.safetensors:y")],
  ]);
  assert.deepEqual([...logits.data], LOGITS.map((z) => Math.trunc(z) + 0));
  const { models: [binary], labels } = await load([
    ...["--logits", scores("binary.npz"), "--labels", scores("binary.npz:y")],
    "--binary",
  ]);
  assert.deepEqual([...binary.logits.data], [
    ...[0, -1, 0, 1.5, 0, 0.5, 0, -2, 0, 3],
  ]);
  assert.deepEqual([...labels], [0, 1, 0, 1, 1]);
});

const REFUSED: readonly [string, string, RegExp][] = [
  [
    "missing.parquet",
    "labels.npy",
    /^Cannot read scores from .*missing\.parquet: row 1, column 1 \(from 0\) is NaN but must be finite$/,
  ],
  ["lz4.parquet", "labels.npy", /^Cannot read .*lz4\.parquet: .*LZ4/],
  [
    "f32.safetensors:logit",
    "labels.npy",
    /^Cannot read .*: it has no array logit, but labels, logits, right$/,
  ],
  [
    "table.csv:logits",
    "labels.npy",
    /^Cannot read .*: it has no column logits, but logit_0, logit_1, logit_2, label, name$/,
  ],
  [
    "logits.npy",
    "f32.safetensors",
    /^Cannot read labels from .*: labels, right all fit; choose one with .*f32\.safetensors:KEY$/,
  ],
  [
    "labels.npy",
    "labels.npy",
    /^Cannot read scores from .*: its shape is \(5,\) but must be \(rows, classes\); --binary takes the scores of class 1 of two$/,
  ],
  [
    "labels_plain.csv",
    "labels.npy",
    /^Cannot read scores from .*: a column for each of at least 2 classes is needed, but only 0 of 0 may be one; .* and --binary$/,
  ],
  [
    "names_plain.csv",
    "labels.npy",
    /a column for each of at least 2 classes is needed, but none of cat may be one \(text such as "dog" is no score\); /,
  ],
  [
    "table.csv:name",
    "labels.npy",
    /^Cannot read scores from .*table\.csv:name: they are text but must be numbers$/,
  ],
  ["make.py", "labels.npy", /^Cannot read .*make\.py/],
];
for (const [logits, labels, message] of REFUSED) {
  Deno.test(`loadScores() refuses ${logits} with ${labels}`, async () => {
    const found = await refusal([
      ...["--logits", scores(logits), "--labels", scores(labels)],
    ]);
    assert.match(found, message);
    assert(!found.includes("\n"));
  });
}
