import { deepStrictEqual, rejects } from "node:assert/strict";
import { loadLogits } from "../../../lib/cli/inputs/load_logits.ts";
import { writeNpy } from "../../../lib/files/npy.ts";
import { sha256 } from "../../../lib/files/sha256.ts";
import { inFolder } from "../program.ts";
import { fixture } from "../../files/npy_samples.ts";

const context = { log: () => {} };
const strictly = { asLogits: false };

Deno.test("loadLogits() identifies an array by its content, in a file or an archive", async () => {
  const alone = await loadLogits(fixture("logits_f4"), context, strictly);
  deepStrictEqual(alone.spec, {
    kind: "logits",
    logits: sha256(Deno.readFileSync(fixture("logits_f4"))),
  });
  for (const name of ["stored.npz", "deflated.npz", "stored.npz:logits"]) {
    const path = fixture(`archive_${name}`);
    const { spec, options } = await loadLogits(path, context, strictly);
    deepStrictEqual(spec, alone.spec, name);
    deepStrictEqual(
      options.teacherLogits.logits,
      alone.options.teacherLogits.logits,
    );
  }
});

Deno.test("loadLogits() refuses labels", () =>
  rejects(
    loadLogits(`${fixture("archive_stored.npz")}:labels`, context, strictly),
    /archive_stored\.npz:labels: its type is int64 but must be float16/,
  ));

const TABLE = "name,logit_0,logit_1\na,2,-1\nb,0.5,3\n";
const PROBABILITIES = "0.2,0.8\n0.5,0.5\n";

Deno.test("loadLogits() reads a table, and identifies arrays alike in any file", () =>
  inFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/L.csv`, TABLE);
    const data = Float64Array.of(2, -1, 0.5, 3);
    await writeNpy(`${cwd}/L.npy`, { data, shape: [2, 2] });
    const [table, array] = await Promise.all(
      ["L.csv", "L.npy"].map((name) =>
        loadLogits(`${cwd}/${name}`, context, strictly)
      ),
    );
    deepStrictEqual(table.spec, array.spec);
    deepStrictEqual(table.options.teacherLogits.logits.data, data);
  }));

const UNLIKE: readonly [string, string, RegExp][] = [
  [
    "probabilities",
    PROBABILITIES,
    /L\.csv: 2 of 2 rows look like probabilities .*; give their logarithms if they are, or --as-logits if they are logits$/,
  ],
  [
    "outputs of a sigmoid",
    "0.2,0.9\n0.5,0.9\n",
    /2 of 2 rows look like outputs of a sigmoid .*; give the values in front of the sigmoid if they are/,
  ],
  [
    "infinite logarithms",
    "0,-inf\n-1,-0.5\n",
    /is -Infinity but must be finite/,
  ],
];
for (const [what, text, reason] of UNLIKE) {
  Deno.test(`loadLogits() refuses ${what}`, () =>
    inFolder(async (cwd) => {
      await Deno.writeTextFile(`${cwd}/L.csv`, text);
      await rejects(loadLogits(`${cwd}/L.csv`, context, strictly), reason);
    }));
}

Deno.test("loadLogits() takes logits that look like something else if asked to", () =>
  inFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/L.csv`, PROBABILITIES);
    const { options } = await loadLogits(`${cwd}/L.csv`, context, {
      asLogits: true,
    });
    deepStrictEqual([...options.teacherLogits.logits.data], [
      0.2,
      0.8,
      0.5,
      0.5,
    ]);
  }));
