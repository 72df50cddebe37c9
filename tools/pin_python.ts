/**
 * Writes `constraints.txt`: the version of every Python package that
 * `requirements.txt` brings along, so that next year's set-up is the same.
 * Each interpreter resolves for itself, as markers depend on it; each needs a
 * pip of 22.2 or newer.
 *
 *   deno run -A tools/pin_python.ts python3.10 python3.11 python3.12 python3.13
 */
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "../lib/files/write_file_atomic.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Package name to version, as one interpreter resolves them. */
type Resolution = Record<string, string>;

const resolutions = new Map<string, Resolution>();
for (const interpreter of Deno.args) {
  const version = await output(interpreter, [
    "-c",
    "import sys; print('%d.%d' % sys.version_info[:2])",
  ]);
  resolutions.set(version.trim(), await resolve(interpreter));
}
const names = new Set([...resolutions.values()].flatMap(Object.keys));
const lines = [...names].sort().flatMap((name) => pin(name));
await writeFileAtomic(
  `${ROOT}constraints.txt`,
  `# Written by tools/pin_python.ts for Python ${
    [...resolutions.keys()].join(", ")
  }\n${lines.join("\n")}\n`,
);

async function resolve(interpreter: string): Promise<Resolution> {
  const report = JSON.parse(
    await output(interpreter, [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--dry-run",
      "--ignore-installed",
      "--report",
      "-",
      "-r",
      "requirements.txt",
    ]),
  );
  const packages: { metadata: { name: string; version: string } }[] =
    report.install;
  return Object.fromEntries(
    packages.map(({ metadata: { name, version } }) => [
      name.toLowerCase().replaceAll(/[-_.]+/g, "-"),
      version,
    ]),
  );
}

/** One line where all interpreters agree, else one for each version. */
function pin(name: string): string[] {
  const byVersion = Map.groupBy(
    [...resolutions].filter(([, found]) => name in found),
    ([, found]) => found[name],
  );
  return [...byVersion].map(([version, agreeing]) => {
    if (agreeing.length === resolutions.size) return `${name}==${version}`;
    const marker = agreeing.map(([python]) => `python_version == "${python}"`);
    return `${name}==${version}; ${marker.join(" or ")}`;
  });
}

async function output(program: string, args: string[]): Promise<string> {
  const { success, stdout } = await new Deno.Command(program, {
    args,
    cwd: ROOT,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${program} failed`);
  return new TextDecoder().decode(stdout);
}
