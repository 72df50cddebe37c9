/**
 * Writes an npm package with the JavaScript and types of the modules that run in any
 * JavaScript engine: calibration, logits, smoothing and statistics.
 *
 *   deno task pack [--out FILE.tgz]
 *
 * The default is `dist/ils-label-smoothing-VERSION.tgz`.
 */
import { dirname, join, resolve } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { modulesBehind, packageConfig, PORTABLE } from "./package_modules.ts";

const { name, version, license, exports } = await packageConfig();
const out = outputPath(Deno.args);
const folder = await Deno.makeTempDir({ prefix: "ils-pack-" });
try {
  const portable = PORTABLE.map((module) =>
    [`./${module}`, exports[`./${module}`]] as const
  );
  const files = await modulesBehind(portable.map(([, path]) => path));
  for (const file of [...files, "LICENSE"]) {
    await Deno.mkdir(dirname(join(folder, file)), { recursive: true });
    await Deno.copyFile(join(ROOT, file), join(folder, file));
  }
  await Deno.writeTextFile(
    join(folder, "deno.json"),
    JSON.stringify({
      ...{ name, version, license },
      exports: Object.fromEntries(portable),
    }),
  );
  await Deno.mkdir(dirname(out), { recursive: true });
  await pack(folder, out);
  print(`Wrote ${out}`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

function outputPath(args: readonly string[]): string {
  const file = `${name.slice(1).replace("/", "-")}-${version}.tgz`;
  if (args.length === 0) return join(ROOT, "dist", file);
  const [flag, path] = args;
  if (flag === "--out" && path && args.length === 2) return resolve(path);
  print("Usage: deno task pack [--out FILE.tgz]");
  Deno.exit(2);
}

async function pack(folder: string, out: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["pack", "--allow-dirty", "--no-source-maps", "--output", out],
    cwd: folder,
    stdout: "null",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).output();
  if (success) return;
  throw new Error(`Cannot pack: ${new TextDecoder().decode(stderr)}`);
}

function print(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
