import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { synthetic } from "../../../lib/cli/commands/synthetic/synthetic.ts";
import { flagName } from "../../../lib/cli/flags/flag_name.ts";
import { fixedNumbers } from "../../../lib/synthetic/study_numbers.ts";
import {
  type SyntheticSpec,
  syntheticSpec,
} from "../../../lib/synthetic/spec.ts";
import {
  datasetPath,
  type DatasetRecord,
  openSyntheticStore,
} from "../../../lib/synthetic/store.ts";
import { TABLE_SCORES } from "../../../lib/synthetic/table/table_summary.ts";
import {
  bestEpsilonRecord,
  surfaceRecord,
  tableRecord,
  teachersRecord,
} from "../../synthetic/records.ts";
import { interruptWhen } from "../interrupt_when.ts";
import { ils, ilsJson, inFolder, listing, start } from "../program.ts";

const args = (flags: string) => `synthetic ${flags}`.split(" ");

const SMALL = "--batch full --hidden-layers 1 --train-per-class 10 " +
  "--test-per-class 20 --workers 1";

/** Stores records as if a run had made them. */
async function store(
  folder: string,
  changes: Partial<SyntheticSpec>,
  records: readonly DatasetRecord[],
): Promise<void> {
  const spec = syntheticSpec(changes);
  const opened = await openSyntheticStore(spec, { root: folder, folder });
  for (const record of records) await opened.write(record);
}

const TABLE = [
  tableRecord(0, [{ method: "ce", logLoss: 0.5, accuracySparse: null }]),
  tableRecord(1, [{ method: "ce", logLoss: 0.7, accuracySparse: null }]),
];

Deno.test("ils synthetic --json prints only the rows and the seconds per data set", () =>
  inFolder(async (cwd) => {
    const out = join(cwd, "kept");
    await store(out, { methods: ["ce"] }, TABLE);
    const before = listing(cwd);
    const flags = `--methods ce --datasets 2 --workers 2 --out ${out} --json`;
    const { code, stdout, stderr } = await ils(args(flags), { cwd });
    assert.deepEqual([code, stderr], [0, "2 of 2 data sets\n"]);
    const { rows, ...rest } = JSON.parse(stdout);
    // They took 1 and 2 seconds, in two workers.
    assert.deepEqual(rest, { secondsPerDataset: 0.75 });
    assert.equal(rows.length, 1);
    assert.deepEqual(Object.keys(rows[0]), [
      ...["method", "scaled", "bound", "n"],
      ...TABLE_SCORES.flatMap((score) => [score, `${score}Se`]),
    ]);
    const [{ method, scaled, bound, n, logLoss, accuracySparse }] = rows;
    assert.deepEqual(
      [method, scaled, bound, n, accuracySparse],
      ["ce", false, null, 2, null],
    );
    assert(Math.abs(logLoss - 0.6) < 1e-12);
    assert(Math.abs(rows[0].logLossSe - 0.1) < 1e-12);
    assert.deepEqual(
      listing(cwd),
      before,
      "finished data sets are not computed again",
    );
  }));

Deno.test("ils synthetic prints a line per row, and the folder", () =>
  inFolder(async (cwd) => {
    const out = join(cwd, "kept");
    await store(out, { methods: ["ce"] }, TABLE);
    const flags = `--methods ce --datasets 2 --workers 1 --out ${out}`;
    const { stdout } = await ils(args(flags), { cwd });
    assert.equal(
      stdout,
      "ce                        accuracy 80.00 %  log loss 0.6000 ± 0.1000  " +
        `ECE 0.0300\n${out}: 2 data sets, 1.50 s each\n`,
    );
  }));

Deno.test("every flag of ils synthetic sets a setting of the study", () =>
  inFolder(async (cwd) => {
    const changes = {
      layout: "second",
      trainPerClass: 200,
      testPerClass: 7,
      hiddenLayers: 2,
      batchSize: 16,
      methods: ["ce" as const],
      studentSeeds: 3,
      members: 10,
      seed: 4,
    };
    const out = join(cwd, "kept");
    await store(out, changes, TABLE);
    const flags = "--layout second --train-per-class 200 --test-per-class 7 " +
      "--hidden-layers 2 --batch 16 --methods ce --student-seeds 3 " +
      `--members 10 --seed 4 --first 1 --datasets 1 --out ${out}`;
    const { rows } = await ilsJson(args(flags), { cwd });
    assert.deepEqual([rows[0].n, rows[0].logLoss], [1, 0.7]);
  }));

Deno.test("the teacher flags of ils synthetic set the teacher of the study", () =>
  inFolder(async (cwd) => {
    const out = join(cwd, "kept");
    const teacher = {
      method: { name: "ls", epsilon: 0.2 } as const,
      networks: { kind: "folds", folds: 4, repeats: 3 } as const,
      generations: 2,
    };
    await store(out, { methods: ["ils2"], teacher }, TABLE);
    const flags = "--methods ils2 --teacher-folds 4 --teacher-repeats 3 " +
      "--teacher-method ls --teacher-epsilon 0.2 --generations 2 " +
      `--datasets 2 --out ${out}`;
    const { rows, teacher: printed } = await ilsJson(args(flags), { cwd });
    assert.equal(rows[0].n, 2);
    assert.deepEqual(printed, teacher);
    const { stdout } = await ils(args(flags), { cwd });
    assert.match(
      stdout,
      /^teacher of ils1, ils2 and ilsq: 3 x 4 folds of ls epsilon 0.2, generation 2$/m,
    );
  }));

Deno.test("ils synthetic stores the same study with and without --json", () =>
  inFolder(async (cwd) => {
    const flags = `${SMALL} --datasets 1 --methods bayes`;
    const { stdout } = await ils(args(flags), { cwd });
    const [line, end] = stdout.split("\n");
    const [folder] = end.split(":");
    assert.match(folder, /^results\/runs\/synthetic-table-v-full-s1-/);
    const before = listing(cwd);
    const { rows } = await ilsJson(args(flags), { cwd });
    assert.deepEqual(listing(cwd), before);
    assert(line.includes(`log loss ${rows[0].logLoss.toFixed(4)}`), line);
    const kept = Deno.readTextFileSync(join(cwd, folder, "spec.json"));
    const spec = syntheticSpec({
      batchSize: null,
      hiddenLayers: 1,
      trainPerClass: 10,
      testPerClass: 20,
      methods: ["bayes"],
    });
    assert.deepEqual(JSON.parse(kept), { ...spec, fixed: fixedNumbers(spec) });
  }));

Deno.test("ils synthetic prints best epsilons, the surface and the teachers", () =>
  inFolder(async (cwd) => {
    const run = async (
      experiment: SyntheticSpec["experiment"],
      record: (dataset: number) => DatasetRecord,
    ) => {
      const out = join(cwd, experiment);
      await store(out, { experiment }, [record(0), record(1)]);
      const flags = `--experiment ${experiment} --datasets 2 --out ${out}`;
      const { code, stdout, stderr } = await ils(args(flags), { cwd });
      assert.equal(code, 0, stderr);
      const { rows } = await ilsJson(args(flags), { cwd });
      const lines = stdout.trimEnd().split("\n");
      assert.equal(lines.length, rows.length + 1);
      return { rows, lines };
    };
    const best = await run("fig-6", (dataset) =>
      bestEpsilonRecord(dataset, [{
        group: 40,
        count: 200,
        truth: 162,
        predicted: (epsilon) => 162 + epsilon - 0.05,
        distance: (epsilon) => Math.abs(epsilon - 0.05),
      }]));
    assert.deepEqual(best.rows, [{
      trueClassProbability: 0.81,
      count: 400,
      epsilon: 0.05,
      low: 0.05,
      high: 0.05,
      epsilonOfMeans: 0.05,
    }]);
    assert.equal(best.lines[0], "p 0.81  best epsilon 0.050 (0.050 to 0.050)");
    const surface = await run(
      "fig-11",
      (dataset) => surfaceRecord(dataset, 0.01),
    );
    assert.equal(surface.rows.length, 72);
    assert.equal(
      surface.lines[7 * 6 + 1],
      "P1 0.800  P2 2  log loss 0.5260 (published 0.516)",
    );
    const teachers = await run(
      "teachers",
      (dataset) => teachersRecord(dataset, { "ensemble mix": 0.45 }),
    );
    assert(
      teachers.lines.includes(
        "ensemble mix             log loss 0.4500, difference from ls -0.0500 ± 0.0000",
      ),
      teachers.lines.join("\n"),
    );
  }));

Deno.test("ils synthetic does not compare teachers on a single data set", () =>
  inFolder(async (cwd) => {
    const experiment = "teachers";
    await store(cwd, { experiment }, [teachersRecord(0, {})]);
    const flags = `--experiment ${experiment} --datasets 1 --out ${cwd}`;
    const { rows, secondsPerDataset } = await ilsJson(args(flags), { cwd });
    assert.deepEqual([rows, secondsPerDataset], [[], 1]);
  }));

const WRONG: readonly [string, RegExp][] = [
  ["--batch fool", /^--batch must be a number: .* fool\n$/],
  ["--batch 0", /^--batch must be a whole number of at least 1: /],
  ["--methods foo", /^--methods must be one of bayes, .* is foo\n$/],
  ["--methods ce,", /^--methods must be one of bayes, .* is ""\n$/],
  [
    "--methods ce --teacher-ensemble 3",
    /^A teacher needs one of ils1, .* they are ce\n$/,
  ],
  ["--teacher-folds 151", /^Cannot cut 150 training points into 151 folds\n$/],
  [
    "--teacher-folds 2 --teacher-ensemble 2",
    /^--teacher-ensemble and --teacher-folds exclude each other\n$/,
  ],
  [
    "--generations 2 --experiment fig-11",
    /^--generations needs --experiment table-v: .* is fig-11\n$/,
  ],
  [
    "--methods ce --experiment fig-6",
    /^--methods needs --experiment .* is fig-6\n$/,
  ],
  [
    "--experiment fig-7",
    /^--experiment must be one of table-v, .* fig-7, did you mean fig-6\?\n$/,
  ],
  ["--layout round", /^--layout must be one of canonical, .* round\n$/],
  ["--members 7 --experiment teachers", /^Repeats of five folds, .* is 1.4\n$/],
  ["--members 4", /^--members must be a whole number of at least 5: /],
  ["--datasets 0", /^--datasets must be a whole number of at least 1: /],
  ["--workers 0", /^--workers must be a whole number of at least 1: /],
  ["--workers", /^--workers needs a value/],
  ["--out kept", /^Cannot use kept: it contains data sets of other settings, /],
  ["--out kept/spec.json", /^Cannot use .*spec\.json as it is not a folder\n$/],
];

Deno.test("ils synthetic refuses bad input in one line and writes nothing", () =>
  inFolder(async (cwd) => {
    await store(join(cwd, "kept"), { seed: 2, methods: ["ce"] }, TABLE);
    const before = listing(cwd);
    await Promise.all(WRONG.map(async ([flags, message]) => {
      const { code, stdout, stderr } = await ils(args(flags), { cwd });
      assert.deepEqual([code, stdout], [2, ""], flags);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    }));
    assert.deepEqual(listing(cwd), before);
  }));

Deno.test("ils synthetic --help lists every flag with its help", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await ils(args("--help"), { cwd });
    assert.equal(code, 0);
    const keys = Object.keys(synthetic.flags);
    assert(keys.includes("trainPerClass") && keys.length >= 14);
    for (const key of keys) {
      assert.match(stdout, new RegExp(`^ +${flagName(key)} +\\S`, "m"));
    }
    const joined = stdout.replaceAll(/ \\\n +/g, " ");
    for (const example of synthetic.examples) {
      assert(joined.includes(example), example);
    }
  }));

const MANY = `${SMALL} --datasets 6 --methods bayes,ls`;

/** Starts a run and sends it a signal once its first data set is done. */
function interrupted(out: string, signal: Deno.Signal, cwd: string) {
  const child = start(args(`${MANY} --out ${out} --json`), { cwd });
  return interruptWhen(
    child,
    (stderr) => stderr.includes("1 of 6 data sets, "),
    () => child.kill(signal),
  );
}

Deno.test("an interrupted ils synthetic resumes to the rows of an uninterrupted one", () =>
  inFolder(async (cwd) => {
    const broken = join(cwd, "broken");
    const { code, stdout, stderr } = await interrupted(
      broken,
      "SIGINT",
      cwd,
    );
    assert.deepEqual([code, stdout], [130, ""], stderr);
    const last = stderr.trimEnd().split("\n").at(-1)!;
    const message =
      /^Stopped with (\d) of 6 data sets done; run the same command again to /;
    assert.match(last, message);
    const done = Number(message.exec(last)![1]);
    assert(1 <= done && done < 6, last);
    const kept = Object.keys(listing(broken)).map((path) => basename(path));
    assert.deepEqual(
      kept.sort(),
      [
        ...Array.from({ length: done }, (_, i) => `dataset-00${i}.json`),
        "spec.json",
      ],
    );

    const before = listing(broken);
    const resumed = await ils(args(`${MANY} --out ${broken} --json`), { cwd });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert(resumed.stderr.startsWith(`${done} of 6 data sets\n`));
    assert(resumed.stderr.endsWith("\n6 of 6 data sets\n"));
    const after = listing(broken);
    for (const [path, content] of Object.entries(before)) {
      assert.equal(after[path], content, path);
    }
    const two = MANY.replace("--workers 1", "--workers 2");
    const uninterrupted = await ilsJson(args(`${two} --out whole`), { cwd });
    const { rows } = JSON.parse(resumed.stdout);
    assert.deepEqual(rows, uninterrupted.rows);
    assert.deepEqual(
      rows.map(({ method, bound }: { method: string; bound: string | null }) =>
        `${method} ${bound}`
      ),
      ["bayes null", "ls null", "ls wide", "ls published"],
    );
  }));

Deno.test("two processes that cut a study by data sets give the records of one", () =>
  inFolder(async (cwd) => {
    const compute = async (more: string) => {
      const flags = `${SMALL} --methods bayes,ce ${more}`;
      const { code, stderr } = await ils(args(flags), { cwd });
      assert.equal(code, 0, stderr);
    };
    await Promise.all([
      compute("--datasets 2 --out cut"),
      compute("--datasets 2 --first 2 --out cut"),
      compute("--datasets 4 --out whole"),
    ]);
    for (let i = 0; i < 4; i++) {
      const [cut, whole] = ["cut", "whole"].map((folder) =>
        JSON.parse(Deno.readTextFileSync(datasetPath(join(cwd, folder), i)))
      );
      const times = { seconds: 0, checksum: "" };
      assert.deepEqual({ ...cut, ...times }, { ...whole, ...times });
    }
  }));
