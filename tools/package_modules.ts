/** The package's public modules, as `deno.json` lists them. */
import { join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";

/** What `deno.json` says of the package. */
export interface PackageConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Paths of the public modules by their names, such as `./smoothing`. */
  readonly exports: Readonly<Record<string, string>>;
}

/** Reads the package's part of `deno.json`. */
export async function packageConfig(): Promise<PackageConfig> {
  const text = await Deno.readTextFile(join(ROOT, "deno.json"));
  const { name, version, license, exports } = JSON.parse(text);
  return { name, version, license, exports };
}

/**
 * The public modules that run in any JavaScript engine: they use neither Deno,
 * TensorFlow nor an npm package.
 */
export const PORTABLE = ["calibration", "logits", "smoothing", "statistics"];

/** Paths, from the project's folder, of every module that these import. */
export async function modulesBehind(
  paths: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const { success, stdout, stderr } = await new Deno.Command(
      Deno.execPath(),
      { args: ["info", "--json", path], cwd: ROOT },
    ).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    if (!success) throw new Error(`Cannot read ${path}: ${decode(stderr)}`);
    const { modules } = JSON.parse(decode(stdout));
    for (const { specifier } of modules as { specifier: string }[]) {
      found.add(specifier.replace(`file://${ROOT}/`, ""));
    }
  }
  return [...found].sort();
}
