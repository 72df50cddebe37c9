import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { parseMessage } from "../files/read_json.ts";
import { textLines } from "../files/text_lines.ts";
import { writeFileAtomic } from "../files/write_file_atomic.ts";
import { withAdaptiveFigures } from "../reports/pages/page_figure.ts";
import { explorablePage } from "./explorable_page.ts";
import { externalAddresses } from "./external_addresses.ts";
import { startPython } from "./project_python.ts";

const SCRIPT = fileURLToPath(
  new URL("render_notebooks.py", import.meta.url),
);

/**
 * Renders executed notebooks as HTML pages in the same folder.
 *
 * @param executed paths of `.ipynb` files with outputs
 * @param options `root` is the project folder; `series` names the notebooks that
 * have a page in that folder (all); links to others point to the notebook itself;
 * `signal` stops it
 * @throws {Error} if a page cannot be rendered or is not self-contained
 * @throws the signal's reason if it is aborted
 */
export async function renderNotebooks(
  executed: readonly string[],
  { root, series, signal }: {
    readonly root: string;
    readonly series?: readonly string[];
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  if (executed.length === 0) return;
  signal?.throwIfAborted();
  const renderer = startPython(root, {
    args: [
      SCRIPT,
      "--source-dir",
      join(root, "notebooks"),
      ...(series === undefined ? [] : ["--series", series.join(",")]),
      ...executed,
    ],
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    // Its end stops the renderer: on `signal`, and if this process is killed.
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    // Ctrl-C reaches only this process.
    detached: true,
  });
  const stop = () => void renderer.stdin.close().catch(() => {});
  signal?.addEventListener("abort", stop);
  const [lines, pages] = await Promise.all([
    Array.fromAsync(textLines(renderer.stderr)),
    Array.fromAsync(textLines(renderer.stdout)),
  ]);
  const { success } = await renderer.status;
  signal?.removeEventListener("abort", stop);
  if (!signal?.aborted) stop();
  if (!success) {
    signal?.throwIfAborted();
    const reason = lines.findLast((line) => line.trim() !== "");
    throw new Error(`Cannot render the executed notebooks: ${reason}`);
  }
  for (const [i, path] of executed.entries()) {
    const html = parseMessage(pages[i], z.string(), "A rendered page");
    const page = pageOf(path);
    await writeFileAtomic(
      page,
      await explorablePage(withAdaptiveFigures(html), page),
    );
    await checkSelfContained(page);
  }
}

/** The HTML page of an executed notebook. */
export function pageOf(executed: string): string {
  return join(dirname(executed), basename(executed, ".ipynb") + ".html");
}

async function checkSelfContained(page: string) {
  const outside = externalAddresses(await Deno.readTextFile(page));
  if (outside.length === 0) return;
  throw new Error(
    `Cannot share ${page} as one file as it loads ${outside[0]}`,
  );
}
