import { join, relative } from "node:path";
import { sha256, sha256OfFile } from "../files/sha256.ts";
import { readNotebook } from "./notebook.ts";

const OTHERS = [
  "deno.json",
  "package-lock.json",
  "requirements/jupyter.txt",
  "requirements/tensorflow-cpu.txt",
  "requirements/tensorflow-cuda.txt",
];

/**
 * SHA-256, in hexadecimal, of everything in the project that can change the output
 * of a notebook: the kinds, sources and tags of its cells, all of `lib` (including
 * the scripts, template and style sheet of its page), the modules in `notebooks`,
 * and package versions. Outputs, cell ids and metadata of the notebook do not count:
 * a front end writes them whenever it saves.
 *
 * @param root the project's folder
 * @param notebook path of the source notebook
 * @throws {BadInput} if the notebook cannot be read
 */
export async function fingerprintOf(
  root: string,
  notebook: string,
): Promise<string> {
  const modules = [
    ...await sourcesBelow(join(root, "lib")),
    ...await sourcesBelow(join(root, "notebooks")),
  ].sort();
  const others = OTHERS.map((name) => join(root, name));
  const digests = [
    `${relative(root, notebook)} ${await digestOfCells(notebook)}`,
  ];
  for (const path of [...others, ...modules]) {
    digests.push(
      `${relative(root, path)} ${await sha256OfFile(path) ?? "missing"}`,
    );
  }
  return sha256(digests.join("\n"));
}

async function digestOfCells(path: string): Promise<string> {
  const { cells } = await readNotebook(path);
  return sha256(JSON.stringify(
    cells.map(({ kind, source, tags }) => [kind, source, tags]),
  ));
}

async function sourcesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) found.push(...await sourcesBelow(path));
    // A partial file is being written or belongs to `deno task check`.
    else if (/^(?!.*\.partial-).*\.(ts|py|css|j2|json)$/.test(name)) {
      found.push(path);
    }
  }
  return found;
}
