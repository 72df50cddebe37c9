/**
 * Rules that no compiler checks: which part may import which, no cycles, no unseeded
 * randomness, notebooks without outputs.
 */
import { deepStrictEqual } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { parseNotebook } from "../lib/reproduce/notebook.ts";
import {
  codeOf,
  filesUnder,
  folderOf,
  isOurs,
  isPublic,
  literalsOf,
  modules,
  read,
  trailTo,
} from "./module_graph.ts";

/**
 * The folders of lib from the bottom up, and the folders that each may import,
 * including types. `root` are the modules directly in lib.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  root: [],
  files: ["root"],
  engine: ["root", "files"],
  statistics: ["root"],
  logits: ["root"],
  smoothing: ["root", "logits"],
  calibration: ["root", "statistics", "logits"],
  embedding: ["root"],
  data: ["root", "engine", "files"],
  models: ["root", "engine", "files"],
  training: ["root", "engine", "files", "logits", "data", "models"],
  runs: [
    ...["root", "engine", "files", "statistics", "logits", "smoothing"],
    ...["calibration", "data", "models", "training"],
  ],
  cost: [
    ...["root", "engine", "files", "statistics", "smoothing", "data"],
    ...["models", "training", "runs"],
  ],
  tune: [
    ...["root", "files", "statistics", "smoothing", "calibration"],
    ...["training", "runs", "cost"],
  ],
  study: [
    ...["root", "statistics", "logits", "smoothing", "calibration", "models"],
    ...["runs", "tune"],
  ],
  synthetic: [
    ...["root", "files", "statistics", "logits", "smoothing", "calibration"],
    ...["data", "training", "runs"],
  ],
  cluster: ["root", "files", "cost", "runs", "tune"],
  plots: ["root", "statistics", "calibration"],
  reports: [
    ...[
      "root",
      "files",
      "statistics",
      "logits",
      "smoothing",
      "calibration",
      "plots",
      "tune",
    ],
    "study",
    // danfojs-node, which groups records, needs the engine loaded first.
    ...["synthetic", "engine"],
  ],
  reproduce: ["root", "files", "reports"],
};
const LIB = Object.keys(MAY_IMPORT);
const ABOVE_LIB: Record<string, readonly string[]> = {
  cli: LIB,
  // The tools share the parser and the help of the command line; fuzzing reads
  // every kind of file.
  tools: [
    ...["root", "engine", "files", "data", "training", "runs", "tune"],
    ...["synthetic", "cluster", "reports", "reproduce", "cli"],
  ],
  // Benchmarks share the parser and the tables of the command line.
  bench: [...LIB.filter((folder) => folder !== "reproduce"), "cli"],
  notebooks: LIB.filter((folder) => folder !== "reproduce"),
};
/** Folders whose code runs without TensorFlow, for example in a browser. */
const WITHOUT_ENGINE = [
  ...["root", "files", "statistics", "logits", "smoothing", "calibration"],
  ...["embedding", "plots", "reports", "reproduce"],
];
/** Modules that group records with danfojs-node, which loads TensorFlow itself. */
const GROUPING = [
  "lib/reports/mod.ts",
  "lib/reports/tables/summarise.ts",
  "lib/reports/tables/score_table.ts",
];
/** The only modules that import TensorFlow.js. */
const ENGINE = [
  "lib/engine/engine.ts",
  "lib/engine/load_engine.ts",
  "lib/engine/graph_messages.ts",
];
/** Modules directly in lib. */
const ROOT_MODULES = [
  ...["bad_input", "duration", "jupyter_display", "matrix", "matrix_kinds"],
  ...["named_spec", "random", "row_keys", "setting_rules"],
];

Deno.test("every folder imports only the folders below it", () => {
  const table = { ...MAY_IMPORT, ...ABOVE_LIB };
  const wrong: string[] = [];
  for (const [path, imports] of modules) {
    const folder = folderOf(path);
    for (const { target } of imports.filter(isOurs)) {
      const used = folderOf(target);
      if (used === folder || table[folder]?.includes(used)) continue;
      wrong.push(`${path} imports ${target}`);
    }
  }
  deepStrictEqual(wrong, []);
});

Deno.test("lib: the table of folders is ordered from the bottom up", () => {
  const upward = LIB.flatMap((folder, i) =>
    MAY_IMPORT[folder].filter((used) => !LIB.slice(0, i).includes(used))
      .map((used) => `${folder} may import ${used}`)
  );
  deepStrictEqual(upward, []);
});

Deno.test("lib: only these modules are directly in it", () => {
  const loose = [...modules.keys()].filter((path) =>
    path.startsWith("lib/") && folderOf(path) === "root"
  );
  deepStrictEqual(loose.sort(), ROOT_MODULES.map((name) => `lib/${name}.ts`));
});

Deno.test("no module imports itself indirectly, not even through types", () => {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(" > "));
    if (start >= 0 || finished.has(path)) return;
    for (const { target, kind } of modules.get(path) ?? []) {
      if (kind !== "process") visit(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  deepStrictEqual(cycles, []);
});

Deno.test("every script that lib starts exists", () => {
  const missing = [...modules].flatMap(([path, imports]) =>
    imports.filter(({ kind }) => kind === "process")
      .filter(({ target }) => !existsSync(join(ROOT, target)))
      .map(({ target }) => `${path} starts ${target}`)
  );
  deepStrictEqual(missing, []);
});

Deno.test("lib: folders without TensorFlow never load it", () => {
  const loading: string[] = [];
  for (const path of modules.keys()) {
    if (GROUPING.includes(path) || !WITHOUT_ENGINE.includes(folderOf(path))) {
      continue;
    }
    const trail = trailTo(ENGINE, path);
    if (trail !== undefined) loading.push(trail.join(" > "));
  }
  deepStrictEqual(loading, []);
});

Deno.test("TensorFlow is imported in one place", () => {
  const places = [...modules].filter(([path, imports]) =>
    !ENGINE.includes(path) &&
    imports.some(({ target, kind }) =>
      target.includes("@tensorflow/") && kind !== "types"
    )
  ).map(([path]) => path);
  deepStrictEqual(places, []);
});

Deno.test("lib: only the public modules re-export, and lib imports none", () => {
  const wrong = [...modules].filter(([path]) => path.startsWith("lib/"))
    .flatMap(([path, imports]) =>
      imports.filter(({ target, kind }) =>
        kind === "reexport" && !isPublic(path) ||
        kind !== "reexport" && isPublic(target)
      ).map(({ target }) => `${path}: ${target}`)
    );
  deepStrictEqual(wrong, []);
});

Deno.test("every import is relative, in the import map or from Node", () => {
  const { imports: map } = JSON.parse(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
  );
  const foreign = [...modules].flatMap(([path, imports]) =>
    imports.map(({ target }) => target)
      .filter((target) => !/^(lib|tools|bench|notebooks)\//.test(target))
      .filter((target) => !target.startsWith("node:") && !(target in map))
      .map((target) => `${path} imports ${target}`)
  );
  deepStrictEqual(foreign, []);
});

Deno.test("lib: only the command line mentions flags", () => {
  const wrong = [...filesUnder("lib", ".ts")]
    .filter((path) => !path.startsWith("lib/cli/"))
    .flatMap((path) =>
      literalsOf(Deno.readTextFileSync(join(ROOT, path)))
        .filter((text) => /(?<!var\()--(?:[a-z]|\$\{)/.test(text))
        // A literal that is only a flag is an argument of another program.
        .filter((text) => !/^--[a-z-]+(?:=\S*)?$/.test(text))
        .map((text) => `${path}: ${text}`)
    );
  deepStrictEqual(wrong, []);
});

Deno.test("nothing draws a random number without a seed", () => {
  const unseeded = ["lib", "bench", "notebooks"]
    .flatMap((folder) => [
      ...filesUnder(folder, ".ts"),
      ...filesUnder(folder, ".ipynb"),
    ])
    .filter((path) => read(path).includes("Math.random"));
  deepStrictEqual(unseeded, []);
});

Deno.test("lib: JSON is parsed in one place, with a schema", () => {
  const allowed = [
    "lib/files/read_json.ts",
    // A page reads what was written with its script.
    "lib/reports/interactive/page_data.ts",
  ];
  const places = [...filesUnder("lib", ".ts")].filter((path) =>
    !allowed.includes(path) &&
    /\bJSON\s*\.\s*parse\b|\.json\(\)\s*as\b/.test(codeOf(path))
  );
  deepStrictEqual(places, []);
});

Deno.test("notebooks are kept without outputs", () => {
  const executed = [...filesUnder("notebooks", ".ipynb")].filter((path) =>
    parseNotebook(read(path), path).cells.some((cell) =>
      cell.outputs.length > 0 || cell.executionCount !== null
    )
  );
  deepStrictEqual(executed, []);
});
