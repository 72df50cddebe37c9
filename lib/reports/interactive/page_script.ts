import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { namesIn } from "../../files/folders.ts";
import { ROOT } from "../../files/project_root.ts";

/** Bundles by file name: a profile's index is written after each of its notebooks. */
const bundles = new Map<string, Promise<string>>();

/**
 * Bundles a module of this folder, with all that it imports, as an inline script of type
 * "module". The licences of bundled packages stand at its end.
 *
 * @param name file name of the module
 * @returns JavaScript that can stand in a script element
 */
export function pageScript(name: string): Promise<string> {
  const known = bundles.get(name) ?? bundle(name);
  bundles.set(name, known);
  return known;
}

async function bundle(name: string): Promise<string> {
  const { outputFiles: [{ text }], metafile } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2023",
    minify: true,
    legalComments: "none",
    alias: {
      linkedom: fileURLToPath(new URL("svg_document.ts", import.meta.url)),
    },
    logLevel: "silent",
  });
  await stop();
  const licences = await licencesOf(Object.keys(metafile.inputs));
  return `${text}/*\n${licences}\n*/\n`.replaceAll("</script", "<\\/script");
}

/** The licences of the packages of some files, each text once. */
async function licencesOf(files: readonly string[]): Promise<string> {
  const folders = new Set(
    files.flatMap((path) =>
      /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []
    ),
  );
  const texts = new Set<string>();
  for (const folder of [...folders].sort()) {
    const names = await namesIn(join(ROOT, folder));
    const licence = names.find((name) => /^licen[cs]e/i.test(name));
    if (licence === undefined) continue;
    const text = await Deno.readTextFile(join(ROOT, folder, licence));
    // An address in a script would look like one that it loads.
    texts.add(text.trim().replaceAll("*/", "* /").replace(/https?:\/\//g, ""));
  }
  return [...texts].join("\n\n");
}
