import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../files/project_root.ts";
import { readJson } from "../files/read_json.ts";

const ENGINE = "@tensorflow/tfjs-node-gpu";

/** Schema of the part of `deno.json` that is used here. */
const CONFIG = z.object({
  version: z.string(),
  imports: z.record(z.string(), z.string()),
});

/** A package with its version in `deno.json`: `npm:NAME@VERSION`, without a path. */
const PACKAGE = /^npm:(@?[^@]+)@([^/]+)$/;

/** The versions that `deno.json` pins. */
export interface PinnedVersions {
  /** Of this library. */
  readonly library: string;
  /** Of npm packages by name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** Returns the version of the library and those of its packages. */
export async function pinnedVersions(): Promise<PinnedVersions> {
  const { version, imports } = await readJson(join(ROOT, "deno.json"), CONFIG);
  const packages = Object.values(imports).flatMap((target) => {
    const [, name, version] = PACKAGE.exec(target) ?? [];
    return name === undefined ? [] : [[name, version] as const];
  });
  return { library: version, packages: Object.fromEntries(packages) };
}

/** Returns the line of `ils --version`, without loading TensorFlow. */
export async function versions(): Promise<string> {
  const { library, packages } = await pinnedVersions();
  return `${library} (TensorFlow.js ${packages[ENGINE]}, ` +
    `Deno ${Deno.version.deno})\n`;
}
