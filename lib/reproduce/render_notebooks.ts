import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { externalAddresses } from "./external_addresses.ts";
import { pythonOf } from "./run_notebook.ts";

const SCRIPT = fileURLToPath(
  new URL("render_notebooks.py", import.meta.url),
);

/**
 * Renders executed notebooks as HTML pages beside them.
 *
 * @param executed paths of `.ipynb` files with outputs
 * @param options `series`: names of the notebooks that have or get a page
 * beside them; links to others lead to the notebook itself (all)
 * @throws {Error} if a page cannot be rendered, or is not complete in itself
 */
export async function renderNotebooks(
  executed: readonly string[],
  { root, series }: {
    readonly root: string;
    readonly series?: readonly string[];
  },
): Promise<void> {
  if (executed.length === 0) return;
  const { success, stderr } = await new Deno.Command(pythonOf(root), {
    args: [
      SCRIPT,
      "--source-dir",
      join(root, "notebooks"),
      ...(series === undefined ? [] : ["--series", series.join(",")]),
      ...executed,
    ],
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    const said = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
    throw new Error(`Cannot render the executed notebooks: ${said}`);
  }
  for (const path of executed) await checkComplete(pageOf(path));
}

/** The HTML page of an executed notebook. */
export function pageOf(executed: string): string {
  return join(dirname(executed), basename(executed, ".ipynb") + ".html");
}

async function checkComplete(page: string) {
  const outside = externalAddresses(await Deno.readTextFile(page));
  if (outside.length === 0) return;
  throw new Error(
    `Cannot share ${page} as one file: it loads ${outside[0]} from outside`,
  );
}
