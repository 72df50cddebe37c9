/** Reads what the modules of the project import. */
import { dirname, join, relative } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { parseNotebook } from "../lib/reproduce/notebook.ts";

/** One import of a module. */
export interface Import {
  readonly target: string;
  /** `process` if the file is started as a process or a worker. */
  readonly kind: "code" | "types" | "process" | "reexport";
}

/** Every module and notebook, with what it imports. */
export const modules = new Map(
  ["lib", "tools", "bench", "notebooks"]
    .flatMap((folder) => [
      ...filesUnder(folder, ".ts"),
      ...filesUnder(folder, ".ipynb"),
    ])
    .map((path) => [path, importsOf(path)]),
);

/** Paths, from the project folder, of the files below a folder. */
export function* filesUnder(folder: string, ending: string): Generator<string> {
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

/** The text of a file of the project. */
export function read(path: string): string {
  return Deno.readTextFileSync(join(ROOT, path));
}

/** The imports of a module; those of this project as paths from the root. */
function importsOf(path: string): Import[] {
  // Examples in comments are not imports.
  const code = codeOf(path).replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
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
    /\bimport\(\s*"([^"]+)"|new URL\(\s*"([^"]+\.(?:ts|py))",\s*import\.meta\.url/g;
  for (const [, loaded, started] of code.matchAll(dynamic)) {
    found.push({
      target: loaded === undefined
        ? join(dirname(path), started)
        : resolve(path, loaded),
      kind: loaded === undefined ? "process" : "code",
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

export function isOurs({ target }: Import): boolean {
  return target.startsWith("lib/");
}

/** Whether a module is public: it re-exports, for other packages and notebooks. */
export function isPublic(path: string): boolean {
  return /^lib\/\w+\/mod\.ts$/.test(path);
}

/** The code of a module or of the cells of a notebook. */
export function codeOf(path: string): string {
  if (!path.endsWith(".ipynb")) return read(path);
  return parseNotebook(read(path), path).cells
    .filter(({ kind }) => kind === "code").map(({ source }) => source)
    .join("\n");
}

/** The folder in the table to which a path belongs. */
export function folderOf(path: string): string {
  const [top, folder, inner] = path.split("/");
  if (top !== "lib") return top;
  return inner === undefined ? "root" : folder;
}

/** How a module loads one of some others: the paths in between, if it does. */
export function trailTo(
  targets: readonly string[],
  path: string,
): string[] | undefined {
  const seen = new Set<string>();
  const walk = (at: string): string[] | undefined => {
    if (targets.includes(at)) return [at];
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

/** The string literals of a module, without those in comments. */
export function literalsOf(source: string): string[] {
  const token =
    /\/\*[^]*?\*\/|\/\/.*|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`/g;
  return [...source.matchAll(token)].map(([, quoted, template]) =>
    quoted ?? template ?? ""
  );
}
