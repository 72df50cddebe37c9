import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { readManifest } from "../../lib/reproduce/manifest.ts";
import {
  type ProfilePlan,
  removeResults,
  reproduce,
  type ReproduceOptions,
} from "../../lib/reproduce/reproduce.ts";
import { NotebookFailure } from "../../lib/reproduce/run_notebook.ts";
import { toyProject, writeToy } from "./toy_notebook.ts";

const NAMES = ["01_first", "02_second", "03_third"];

const PAGE = "<!DOCTYPE html><html><body><main>page</main></body></html>";

const MACHINE = {
  versions: { deno: "2" },
  packages: { zod: "4" },
  device: "CPU",
  processorFeatures: ["avx2"],
  environment: { OMP_NUM_THREADS: "1" },
};

/** A project with three notebooks whose execution only writes a file. */
async function toyStudy() {
  const project = await toyProject(
    Object.fromEntries(NAMES.map((name) => [name, [`# ${name}`, "1"]])),
  );
  const { root } = project;
  const state = { runs: true, removed: false, fails: "" };
  const plan: ProfilePlan = {
    name: "toy",
    summary: "three notebooks",
    notebooks: NAMES,
    runIds: () => Promise.resolve(["run-a"]),
    inputs: () => Promise.resolve({ "toy/images": "0123" }),
    runsExist: () => Promise.resolve(state.runs),
    removeRuns: () => {
      state.removed = true;
      return Promise.resolve();
    },
  };
  const options: ReproduceOptions = {
    root,
    machine: () => Promise.resolve(MACHINE),
    progress: { skip() {}, begin() {}, event() {}, end() {} },
    onDamaged: () => {},
    onRefused: () => {},
    async execute(source, { out }) {
      const name = NAMES.find((name) => source.includes(name))!;
      if (name === state.fails) {
        throw new NotebookFailure(name, "error", 1, "1", "no");
      }
      await Deno.writeTextFile(out, "executed");
      const figures = join(dirname(out), "..", "figures");
      await Deno.mkdir(figures, { recursive: true });
      await Deno.writeTextFile(join(figures, `${name.slice(0, 2)}-a.svg`), "a");
      return 2.5;
    },
    async render([path]) {
      await Deno.writeTextFile(path.replace(".ipynb", ".html"), PAGE);
    },
  };
  const folder = join(root, "results", "toy");
  const source = (name: string) => join(root, "notebooks", `${name}.ipynb`);
  return { ...project, plan, options, state, folder, source };
}

Deno.test("reproduce() does nothing the second time", async () => {
  await using study = await toyStudy();
  const { plan, options, folder } = study;
  assert.deepEqual(await reproduce(plan, options), NAMES);
  assert.deepEqual(await reproduce(plan, options), []);
  const manifest = (await readManifest(folder))!;
  assert.equal(manifest.profile, "toy");
  const { versions, packages, device, processorFeatures, environment } =
    manifest;
  assert.deepEqual(
    { versions, packages, device, processorFeatures, environment },
    MACHINE,
  );
  assert.deepEqual(manifest.inputs, { "toy/images": "0123" });
  assert.equal(manifest.commit, null);
  assert.equal(manifest.seconds, 7.5);
  assert.deepEqual(manifest.runs, ["run-a"]);
  assert.deepEqual(manifest.notebooks.map(({ name }) => name), NAMES);
});

Deno.test("reproduce() writes the pages that a killed one has left as they were", async () => {
  await using study = await toyStudy();
  const { plan, options, folder } = study;
  const page = (name: string) => join(folder, name);
  await reproduce(plan, options);
  const names = ["index.html", "report.html"];
  const now = () =>
    Promise.all(names.map((name) => Deno.readTextFile(page(name))));
  const before = await now();
  // It has written the manifest and its figures, but not these pages.
  await Deno.writeTextFile(page("figures/03-a.svg"), "b");
  await reproduce(plan, { ...options, only: ["03_third"] });
  const current = await now();
  for (const left of [[0], [1], [0, 1]]) {
    for (const i of left) await Deno.writeTextFile(page(names[i]), before[i]);
    const partial = page("index.html.partial-7-0123abcd");
    await Deno.writeTextFile(partial, "<!DOCTYPE");
    assert.deepEqual(await reproduce(plan, options), []);
    assert.deepEqual(await now(), current);
    await assert.rejects(Deno.stat(partial), Deno.errors.NotFound);
  }
});

Deno.test("reproduce() does nothing the second time even if the clock was set back meanwhile", async () => {
  await using study = await toyStudy();
  const { plan, options, folder } = study;
  let time = Date.parse("2026-05-04T03:02:01Z");
  const now = () => new Date(time -= 3_600_000);
  assert.deepEqual(await reproduce(plan, { ...options, now }), NAMES);
  assert.deepEqual(await reproduce(plan, { ...options, now }), []);
  const { notebooks } = (await readManifest(folder))!;
  const times = new Set(notebooks.map(({ finished }) => finished));
  assert.deepEqual([...times], ["2026-05-04T02:02:01.000Z"]);
});

Deno.test("reproduce() reports a damaged manifest and executes everything again", async () => {
  await using study = await toyStudy();
  const { plan, options, folder } = study;
  await reproduce(plan, options);
  const path = join(folder, "manifest.json");
  const text = await Deno.readTextFile(path);
  const intact = JSON.parse(text);
  const [first, ...others] = intact.notebooks;
  const cases: [text: string, fault: string][] = [
    ["", "it is empty"],
    [text.slice(0, 200), "it is cut short"],
    ["<html>", "it is not JSON"],
    ["[]", "it must be an object: found a list"],
    ['{"name":"an app"}', "profile is missing: it must be text"],
    [
      JSON.stringify({ ...intact, seconds: "7.5" }),
      'seconds must be a number: found "7.5"',
    ],
    [
      JSON.stringify({
        ...intact,
        notebooks: [...others, { ...first, commit: "abc" }],
      }),
      'notebooks[2].commit must be an object: found "abc"',
    ],
  ];
  for (const [damaged, fault] of cases) {
    await Deno.writeTextFile(path, damaged);
    const message = `${path}: ${fault}`;
    await assert.rejects(readManifest(folder), { name: "BadInput", message });
    const reasons: string[] = [];
    const onDamaged = (reason: string) => reasons.push(reason);
    assert.deepEqual(await reproduce(plan, { ...options, onDamaged }), NAMES);
    assert.deepEqual(reasons, [message]);
  }
  assert.deepEqual(await reproduce(plan, options), []);
});

Deno.test("reproduce() executes an edited notebook and those after it", async () => {
  await using study = await toyStudy();
  const { plan, options, source } = study;
  await reproduce(plan, options);
  await writeToy(source("02_second"), ["# Second", "2"]);
  assert.deepEqual(await reproduce(plan, options), NAMES.slice(1));
});

Deno.test("reproduce() executes again after an edited module, a lost page or a lost run", async () => {
  await using study = await toyStudy();
  const { plan, options, state, root, folder } = study;
  await reproduce(plan, options);
  await Deno.writeTextFile(join(root, "lib", "new.ts"), "");
  assert.deepEqual(await reproduce(plan, options), NAMES);
  await Deno.remove(join(folder, "notebooks", "03_third.html"));
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
  state.runs = false;
  assert.deepEqual(await reproduce(plan, options), NAMES);
});

Deno.test("reproduce() executes again, and says why, after a change of what it wrote", async () => {
  await using study = await toyStudy();
  const { plan, folder } = study;
  const reasons: (string | undefined)[] = [];
  const progress = {
    ...study.options.progress,
    begin: (_: string, why?: string) => reasons.push(why),
  };
  const options = { ...study.options, progress };
  await reproduce(plan, options);
  assert.deepEqual(reasons.splice(0), [undefined, undefined, undefined]);
  const figure = join(folder, "figures", "03-a.svg");
  await Deno.writeTextFile(figure, "an experiment");
  await Deno.writeTextFile(join(folder, "figures", "03-mine.svg"), "mine");
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
  assert.deepEqual(reasons.splice(0), ["figures/03-a.svg has changed"]);
  assert.equal(await Deno.readTextFile(figure), "a");
  await Deno.remove(figure);
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
  assert.deepEqual(reasons.splice(0), ["figures/03-a.svg is missing"]);
  const page = join(folder, "notebooks", "03_third.html");
  await Deno.writeTextFile(page, "edited");
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
  assert.deepEqual(reasons, ["notebooks/03_third.html has changed"]);
  assert.deepEqual(await reproduce(plan, options), []);
});

Deno.test("reproduce() tells notebooks where to save", async () => {
  await using study = await toyStudy();
  const { plan, options, root } = study;
  const folders = new Set<string | undefined>();
  await reproduce(plan, {
    ...options,
    execute(source, given) {
      folders.add(given.env?.ILS_RESULTS);
      return options.execute!(source, given);
    },
  });
  assert.deepEqual([...folders], [join(root, "results")]);
});

Deno.test("reproduce() of one notebook makes later ones out of date", async () => {
  await using study = await toyStudy();
  const { plan, options } = study;
  await reproduce(plan, options);
  const only = ["02_second"];
  assert.deepEqual(await reproduce(plan, { ...options, only }), only);
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
});

Deno.test("reproduce() keeps the notebooks finished before a failure", async () => {
  await using study = await toyStudy();
  const { plan, options, state } = study;
  state.fails = "03_third";
  await assert.rejects(
    reproduce(plan, options),
    /^NotebookFailure: 03_third failed in cell 1: no$/,
  );
  state.fails = "";
  assert.deepEqual(await reproduce(plan, options), ["03_third"]);
});

Deno.test("removeResults() removes only outputs and runs", async () => {
  await using study = await toyStudy();
  const { plan, options, state, folder, root } = study;
  await reproduce(plan, options);
  await Deno.writeTextFile(join(folder, "notes.txt"), "mine");
  await removeResults(plan, root);
  const left = await Array.fromAsync(Deno.readDir(folder), (e) => e.name);
  assert.deepEqual(left, ["notes.txt"]);
  assert.equal(state.removed, true);
  assert.deepEqual(await reproduce(plan, options), NAMES);
});
