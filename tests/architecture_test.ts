/**
 * The rules of the tree that no compiler knows: which part may import which,
 * no cycles, no randomness without a seed, notebooks without outputs.
 */
import { deepStrictEqual } from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseNotebook } from "../lib/reports/notebook.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Parts of lib, and the parts whose code each may use besides its own. */
const MAY_USE: Record<string, readonly string[]> = {
  foundation: [],
  data: ["foundation"],
  models: ["foundation"],
  smoothing: ["foundation"],
  calibration: ["foundation"],
  embedding: ["foundation"],
  training: ["foundation", "data", "models"],
  distillation: ["foundation", "data", "models", "training"],
  experiments: [
    "foundation",
    "data",
    "models",
    "smoothing",
    "calibration",
    "embedding",
    "training",
    "distillation",
  ],
  plots: ["foundation"],
  reports: ["foundation", "plots"],
};
/** Parts that may name the types of any other, as types cost nothing. */
const TYPES_OF_ALL = ["plots", "reports"];
/** Parts that must run where there is no TensorFlow: in a browser, a report. */
const WITHOUT_ENGINE = [
  "calibration",
  "smoothing",
  "embedding",
  "plots",
  "reports",
];
/** Groups by danfojs-node, a package that itself loads TensorFlow. */
const GROUPING = ["lib/reports/summarise.ts", "lib/reports/score_table.ts"];
/**
 * The one module that others import for TensorFlow, what prepares it, and the
 * one that takes its file format's classes.
 */
const ENGINE = [
  "lib/engine.ts",
  "lib/load_engine.ts",
  "lib/graph_messages.ts",
];

interface Import {
  readonly target: string;
  readonly kind: "code" | "types" | "worker" | "reexport";
}

const modules = new Map(
  [...filesUnder("lib", ".ts")].map((path) => [path, importsOf(path)]),
);

Deno.test("lib: each part uses only the parts below it", () => {
  const wrong: string[] = [];
  for (const [path, imports] of modules) {
    const part = partOf(path);
    if (part === "cli") continue;
    for (const { target, kind } of imports.filter(isOurs)) {
      const used = partOf(target);
      if (used === part || MAY_USE[part]?.includes(used)) continue;
      const free = kind === "types" && TYPES_OF_ALL.includes(part);
      if (free && used !== "cli") continue;
      wrong.push(`${path} imports ${target}`);
    }
  }
  deepStrictEqual(wrong, []);
});

Deno.test("lib: no module's code imports itself by a detour", () => {
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, trail: readonly string[]) => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(" > "));
    if (start >= 0 || finished.has(path)) return;
    for (const { target, kind } of modules.get(path) ?? []) {
      if (kind === "code") visit(target, [...trail, path]);
    }
    finished.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  deepStrictEqual(cycles, []);
});

Deno.test("lib: what needs no TensorFlow never loads it", () => {
  const loading: string[] = [];
  for (const path of modules.keys()) {
    if (GROUPING.includes(path) || !WITHOUT_ENGINE.includes(partOf(path))) {
      continue;
    }
    const trail = trailToEngine(path);
    if (trail !== undefined) loading.push(trail.join(" > "));
  }
  deepStrictEqual(loading, []);
});

Deno.test("lib: TensorFlow is imported in one place", () => {
  const places = [...modules].filter(([path, imports]) =>
    !ENGINE.includes(path) &&
    imports.some(({ target }) => target.includes("@tensorflow/"))
  ).map(([path]) => path);
  deepStrictEqual(places, []);
});

Deno.test("lib: no module passes on what another one exports", () => {
  const barrels = [...modules].filter(([, imports]) =>
    imports.some(({ kind }) => kind === "reexport")
  ).map(([path]) => path);
  deepStrictEqual(barrels, []);
});

Deno.test("lib: every import is relative, from the import map or of Node", () => {
  const { imports: map } = JSON.parse(
    Deno.readTextFileSync(join(ROOT, "deno.json")),
  );
  const foreign = [...modules].flatMap(([path, imports]) =>
    imports.map(({ target }) => target)
      .filter((target) => !target.startsWith("lib/"))
      .filter((target) => !target.startsWith("node:") && !(target in map))
      .map((target) => `${path} imports ${target}`)
  );
  deepStrictEqual(foreign, []);
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

Deno.test("notebooks are kept without outputs", () => {
  const executed = [...filesUnder("notebooks", ".ipynb")].filter((path) =>
    parseNotebook(read(path), path).cells.some((cell) =>
      cell.outputs.length > 0 || cell.executionCount !== null
    )
  );
  deepStrictEqual(executed, []);
});

function* filesUnder(folder: string, ending: string): Generator<string> {
  let entries: Deno.DirEntry[];
  try {
    entries = [...Deno.readDirSync(join(ROOT, folder))];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory } of entries) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesUnder(path, ending);
    else if (name.endsWith(ending) && !name.includes(".partial-")) yield path;
  }
}

function read(path: string): string {
  return Deno.readTextFileSync(join(ROOT, path));
}

/** What a module imports; of our own modules, the path from the root. */
function importsOf(path: string): Import[] {
  // Examples in comments are no imports.
  const code = read(path).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  const found: Import[] = [];
  const statement =
    /^\s*(import|export)\s+(?:([^;"']*?)\s*from\s*)?"([^"]+)"/gm;
  for (const [, keyword, names = "", target] of code.matchAll(statement)) {
    found.push({
      target: resolve(path, target),
      kind: keyword === "export"
        ? "reexport"
        : areTypesOnly(names)
        ? "types"
        : "code",
    });
  }
  const dynamic =
    /\bimport\(\s*"([^"]+)"|new URL\(\s*"([^"]+\.ts)",\s*import\.meta\.url/g;
  for (const [, loaded, worker] of code.matchAll(dynamic)) {
    found.push({
      target: resolve(path, loaded ?? worker),
      kind: loaded === undefined ? "worker" : "code",
    });
  }
  return found;
}

function areTypesOnly(names: string): boolean {
  if (names.startsWith("type ")) return true;
  const listed = /^\{([^}]*)\}$/.exec(names)?.[1].split(",")
    .map((name) => name.trim()).filter(Boolean);
  return listed?.every((name) => name.startsWith("type ")) ?? false;
}

function resolve(path: string, target: string): string {
  if (!target.startsWith(".")) return target;
  return relative(ROOT, join(ROOT, dirname(path), target));
}

function isOurs({ target }: Import): boolean {
  return target.startsWith("lib/");
}

function partOf(path: string): string {
  const [, part, inner] = path.split("/");
  return inner === undefined ? "foundation" : part;
}

function trailToEngine(path: string): string[] | undefined {
  const seen = new Set<string>();
  const walk = (at: string): string[] | undefined => {
    if (ENGINE.includes(at)) return [at];
    if (seen.has(at)) return undefined;
    seen.add(at);
    for (const { target, kind } of modules.get(at) ?? []) {
      if (kind === "types") continue;
      const rest = walk(target);
      if (rest !== undefined) return [at, ...rest];
    }
  };
  return walk(path);
}
