/**
 * Writes the reference of the public modules as HTML into `dist/docs`.
 *
 *   deno task docs
 */
import { join } from "node:path";
import { z } from "zod";
import { parseMessage } from "../lib/files/read_json.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { writeText } from "../lib/files/write_text.ts";
import { packageConfig, runDeno } from "./package_modules.ts";

const OUT = join("dist", "docs");

/** Schema of what is read here of the output of `deno doc --json`. */
const MODULE_DOCS = z.object({
  nodes: z.record(
    z.string(),
    z.object({ module_doc: z.object({ doc: z.string() }) }),
  ),
});

const { name, exports } = await packageConfig();
await Deno.mkdir(join(ROOT, OUT), { recursive: true });
await denoDoc(["--html", `--name=${name}`, `--output=${OUT}`]);
const pages = await htmlPages(join(ROOT, OUT));
for (const page of pages) await nameModules(page);
await listModules();
writeText(Deno.stderr, `Wrote ${join(ROOT, OUT, "index.html")}\n`);

/** The output of `deno doc` on the public modules. */
function denoDoc(args: readonly string[]): Promise<string> {
  return runDeno(["doc", ...args, ...Object.values(exports)]);
}

async function htmlPages(folder: string): Promise<string[]> {
  const pages: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) pages.push(...await htmlPages(path));
    else if (name.endsWith(".html")) pages.push(path);
  }
  return pages;
}

/** `deno doc` imports from "training": that is "@ils/label-smoothing/training". */
async function nameModules(page: string): Promise<void> {
  const html = await Deno.readTextFile(page);
  const named = html.replaceAll(
    /from &quot;(\w+)&quot;/g,
    (text, module) =>
      `./${module}` in exports ? `from &quot;${name}/${module}&quot;` : text,
  );
  if (named !== html) await Deno.writeTextFile(page, named);
}

/** The first page lists the modules, which `deno doc` leaves out. */
async function listModules(): Promise<void> {
  const { nodes } = parseMessage(
    await denoDoc(["--json"]),
    MODULE_DOCS,
    "deno doc",
  );
  const items = Object.entries(exports).map(([key, path]) => {
    const module = key.slice("./".length);
    const { doc } = nodes[`file://${ROOT}/${path.slice("./".length)}`]
      .module_doc;
    return `<li><p><a class="contextLink" href="${module}/index.html">` +
      `<code>${name}/${module}</code></a><br>${doc.split("\n\n")[0]}</p></li>`;
  });
  const index = join(ROOT, OUT, "index.html");
  const html = await Deno.readTextFile(index);
  await Deno.writeTextFile(
    index,
    html.replace(
      "<main></main>",
      `<main class="markdown"><h1>${name}</h1><ul>${
        items.join("\n")
      }</ul></main>`,
    ),
  );
}
