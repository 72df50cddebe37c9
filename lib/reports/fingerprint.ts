import { join } from "node:path";

const OTHERS = [
  "deno.json",
  "package-lock.json",
  "requirements.txt",
  "requirements-cpu.txt",
  "requirements-cuda.txt",
  "constraints.txt",
  "lib/reports/page.css",
  "tools/run_notebook.py",
  "tools/render_notebooks.py",
  "tools/nbconvert_template/report/conf.json",
  "tools/nbconvert_template/report/index.html.j2",
];

/**
 * SHA-256, as hexadecimal text, of everything in the project that can change
 * what a notebook shows: the notebook, all of `lib`, the modules beside the
 * notebooks, the versions of packages, and what executes and renders it.
 *
 * @param root the project's folder
 * @param notebook path of the source notebook
 */
export async function fingerprintOf(
  root: string,
  notebook: string,
): Promise<string> {
  const modules = [
    ...await modulesBelow(join(root, "lib")),
    ...await modulesBelow(join(root, "notebooks")),
  ].sort();
  const others = OTHERS.map((name) => join(root, name));
  const digests = [];
  for (const path of [notebook, ...others, ...modules]) {
    digests.push(`${path.slice(root.length)} ${await digestOfFile(path)}`);
  }
  return await sha256(new TextEncoder().encode(digests.join("\n")));
}

async function modulesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) found.push(...await modulesBelow(path));
    // A partial file is one that is being written, or a check's own.
    else if (/^(?!.*\.partial-).*\.ts$/.test(name)) found.push(path);
  }
  return found;
}

async function digestOfFile(path: string): Promise<string> {
  try {
    return await sha256(await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "missing";
    throw error;
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
