import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { lockRunFolder } from "../../../lib/runs/folder.ts";
import { runId, type RunSpec } from "../../../lib/runs/spec.ts";
import { by, fakeRun, STUDY } from "../../runs/fake_runs.ts";
import { ils, ilsJson, inFolder } from "../program.ts";

const PLAIN = by("ce", STUDY);
const STUDENT = by("ils", STUDY);
const OTHER: RunSpec = { ...by("ls", STUDY), model: "mlp", seed: 2 };

/** A finished run that was started so many days ago; returns its id. */
async function writeRun(cwd: string, spec: RunSpec, days: number) {
  const id = runId(spec);
  const folder = join(cwd, "results", "runs", id);
  await Deno.mkdir(folder, { recursive: true });
  const startedAt = new Date(Date.now() - days * 86_400_000).toISOString();
  const record = { ...fakeRun(spec, { accuracy: 0.9 }).record, id, startedAt };
  await Deno.writeTextFile(join(folder, "run.json"), JSON.stringify(record));
  return id;
}

/** A folder with a teacher, its student, another run and an interrupted one. */
function withRuns(
  test: (given: {
    cwd: string;
    ids: { teacher: string; student: string; other: string };
    left: () => string[];
  }) => Promise<void>,
) {
  return inFolder(async (cwd) => {
    const ids = {
      teacher: await writeRun(cwd, PLAIN, 10),
      student: await writeRun(cwd, STUDENT, 5),
      other: await writeRun(cwd, OTHER, 1),
    };
    const folder = join(cwd, "results", "runs");
    const checkpoint = join(folder, "begun", "checkpoint");
    await Deno.mkdir(checkpoint, { recursive: true });
    await Deno.writeTextFile(join(checkpoint, "last.safetensors"), "123");
    await Deno.mkdir(join(folder, "damaged"));
    await Deno.writeTextFile(join(folder, "damaged", "run.json"), "{");
    await Deno.mkdir(join(folder, "not-a-run"));
    const left = () => [...Deno.readDirSync(folder)].map((e) => e.name).sort();
    await test({ cwd, ids, left });
  });
}

const idsOf = ({ runs }: { runs: readonly { id: string }[] }) =>
  runs.map(({ id }) => id);

Deno.test("ils runs lists runs with their state, scores and dependants", () =>
  withRuns(async ({ cwd, ids }) => {
    const { runs } = await ilsJson(["runs"], { cwd });
    assert.deepEqual(
      idsOf({ runs }),
      ["begun", ids.teacher, ids.student, ids.other, "damaged"].sort(),
    );
    const found = (id: string) =>
      runs.find((run: { id: string }) => run.id === id);
    const { startedAt, bytes, ...teacher } = found(ids.teacher);
    assert.deepEqual(teacher, {
      id: ids.teacher,
      folder: join("results", "runs", ids.teacher),
      state: "finished",
      dataset: "cifar10",
      model: "resnet18",
      method: "ce",
      seed: 1,
      accuracy: 0.9,
      logLoss: 0.3,
      neededBy: [ids.student],
    });
    assert(startedAt < new Date().toISOString() && bytes > 100);
    assert.deepEqual([found("begun").state, found("begun").bytes], [
      "interrupted",
      3,
    ]);
    assert.equal(found("damaged").state, "damaged");
    const { stdout } = await ils(["runs"], { cwd });
    assert.match(stdout, /^5 runs, [\d.]+ MB$/m);
    const line = stdout.split("\n").find((line) => line.includes(ids.teacher));
    assert.match(line!, /finished +90\.00 +0\.3000 +[\d.]+ +[\d-]+ +by 1$/);
  }));

Deno.test("the filters of ils runs combine", () =>
  withRuns(async ({ cwd, ids: { teacher, student, other } }) => {
    const cases: [flags: string, expected: string[]][] = [
      ["--model mlp", [other]],
      ["--method ils", [student]],
      ["--dataset cifar10 --seed 1", [teacher, student]],
      ["--seed 1 --method ls", []],
      ["--state interrupted", ["begun"]],
      ["--state damaged", ["damaged"]],
      ["--older-than 7d", [teacher]],
      ["--older-than 50h --method ils", [student]],
      [`list ${teacher} ${other}`, [teacher, other]],
      [`list ${teacher} --model mlp`, []],
    ];
    for (const [flags, expected] of cases) {
      const json = await ilsJson(["runs", ...flags.split(" ")], { cwd });
      assert.deepEqual(idsOf(json), expected.sort(), flags);
    }
  }));

Deno.test("ils runs show prints the settings of a run, and with --json its record", () =>
  withRuns(async ({ cwd, ids: { teacher, student } }) => {
    const { stdout } = await ils(["runs", "show", teacher], { cwd });
    assert.match(
      stdout,
      /^network {3}resnet18 on cifar10, 1 weights, seed 1$/m,
    );
    assert.match(stdout, /^training .*100 epochs, batch/m);
    assert(stdout.includes(`needed by ${student}\n`), stdout);
    const json = await ilsJson(["runs", "show", student], { cwd });
    assert.deepEqual(idsOf(json), [student]);
    assert.equal(json.runs[0].record.spec.teacher.model, "resnet18");
  }));

Deno.test("ils runs remove keeps teachers of stored runs, unless these go too or --force", () =>
  withRuns(async ({ cwd, ids: { teacher, student, other }, left }) => {
    const before = left();
    const refused = await ils(["runs", "remove", teacher, "--yes"], { cwd });
    assert.deepEqual(refused, {
      code: 2,
      stdout: "",
      stderr: `Cannot remove ${teacher} as ${student} needs it: name them ` +
        "too, or add --force\n",
    });
    assert.deepEqual(left(), before);
    const both = ["runs", "remove", teacher, student, "--yes"];
    assert.deepEqual(idsOf(await ilsJson(both, { cwd })), [teacher, student]);
    assert.deepEqual(left(), ["begun", "damaged", other, "not-a-run"].sort());
    await writeRun(cwd, PLAIN, 1);
    await writeRun(cwd, STUDENT, 1);
    const forced = ["runs", "remove", teacher, "--force", "--yes"];
    assert.equal((await ils(forced, { cwd })).code, 0);
    assert(!left().includes(teacher) && left().includes(student));
  }));

Deno.test("ils runs remove asks, and refuses what is not clear", () =>
  withRuns(async ({ cwd, ids: { other }, left }) => {
    const notes = join(cwd, "results", "runs", "damaged", "notes.txt");
    await Deno.writeTextFile(notes, "mine");
    const before = left();
    const cases: [args: string, message: RegExp][] = [
      [
        "remove damaged --force --yes",
        /^Cannot remove damaged as it contains notes\.txt, which is not part of a run\n$/,
      ],
      [
        "remove",
        /^ils runs remove needs RUN or a filter: --dataset, --model, --method, --seed, --state, --older-than\n$/,
      ],
      [
        `remove ${other}`,
        /^Cannot ask before removing 1 runs? as there is no terminal: add --yes\n$/,
      ],
      ["remove lost --yes", /^There is no run lost in results\/runs\n$/],
      [
        "remove --older-than soon --yes",
        /^--older-than must be a number of hours, days or weeks, such as 12h, 30d or 8w: current value is soon\n$/,
      ],
      [
        "erase",
        /^--action must be one of list, show, remove: current value is erase\n$/,
      ],
      [
        "--folder nowhere",
        /^--folder must be a folder: current value is .*nowhere\n$/,
      ],
    ];
    for (const [args, message] of cases) {
      const { code, stdout, stderr } = await ils(
        ["runs", ...args.split(" ")],
        { cwd },
      );
      assert.deepEqual([code, stdout], [2, ""], args);
      assert.match(stderr, message);
    }
    assert.deepEqual(left(), before);
    const stale = "remove --state interrupted --older-than 0h --yes".split(" ");
    assert.equal((await ils(["runs", ...stale], { cwd })).code, 0);
    assert(!existsSync(join(cwd, "results", "runs", "begun")));
  }));

Deno.test("ils runs never removes a run that is being trained", () =>
  withRuns(async ({ cwd, left }) => {
    const folder = join(cwd, "results", "runs", "begun");
    const onWait = () => assert.fail("nobody else trains it");
    const locked = await lockRunFolder(folder, { signal: undefined, onWait });
    const { runs } = await ilsJson(["runs", "--state", "training"], { cwd });
    assert.deepEqual(idsOf({ runs }), ["begun"]);
    const { code, stderr } = await ils(
      ["runs", "remove", "begun", "--force", "--yes"],
      { cwd },
    );
    assert.equal(code, 2);
    assert.equal(
      stderr,
      "Cannot remove begun as it is being trained: stop that first\n",
    );
    assert(left().includes("begun"));
    locked.release();
  }));

Deno.test("ils runs lists nothing where nothing is stored", () =>
  inFolder(async (cwd) => {
    assert.deepEqual(await ils(["runs"], { cwd }), {
      code: 0,
      stdout: "0 runs, 0.0 MB\n",
      stderr: "",
    });
  }));
