/** The package's public modules, which `deno.json` lists. */
import { join } from "node:path";
import { z } from "zod";
import { parseMessage, readJson } from "../lib/files/read_json.ts";
import { schemaOf } from "../lib/files/record_schema.ts";
import { ROOT } from "../lib/files/project_root.ts";

/** The part of `deno.json` about the package. */
export interface PackageConfig {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Paths of the public modules by name, such as `./smoothing`. */
  readonly exports: Readonly<Record<string, string>>;
}

/** Schema of the part of `deno.json` about the package. */
const CONFIG = schemaOf<PackageConfig>()(z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  exports: z.record(z.string(), z.string()),
}));

/** Schema of the part of the output of `deno info --json` that is read here. */
const MODULE_GRAPH = z.object({
  modules: z.array(z.object({ specifier: z.string() })),
});

/** Reads the part of `deno.json` about the package. */
export function packageConfig(): Promise<PackageConfig> {
  return readJson(join(ROOT, "deno.json"), CONFIG);
}

/**
 * The public modules that run in any JavaScript engine: they use neither Deno, nor
 * TensorFlow, nor npm packages.
 */
export const PORTABLE = ["calibration", "logits", "smoothing", "statistics"];

/** Paths, relative to the project folder, of all modules that these import. */
export async function modulesBehind(
  paths: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const { modules } = parseMessage(
      await runDeno(["info", "--json", path]),
      MODULE_GRAPH,
      "deno info",
    );
    for (const { specifier } of modules) {
      found.add(specifier.replace(`file://${ROOT}/`, ""));
    }
  }
  return [...found].sort();
}

/**
 * Runs a command of Deno, such as `doc`, and returns its standard output.
 *
 * @param folder working folder; the project folder by default
 * @throws {Error} with its standard error, if it fails
 */
export async function runDeno(
  args: readonly string[],
  folder = ROOT,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (success) return decode(stdout);
  throw new Error(`deno ${args[0]} failed: ${decode(stderr)}`);
}
