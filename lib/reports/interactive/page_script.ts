import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, stop } from "esbuild";
import { namesIn } from "../../files/folders.ts";
import { ROOT } from "../../files/project_root.ts";

/** Bundles by path: a profile's index is written after each of its notebooks. */
const bundles = new Map<string, Promise<string>>();

/** Modules that other ones replace, which are paths of files. */
export type Replacements = Readonly<Record<string, string>>;

/**
 * Bundles a module of this folder, with all that it imports, as an inline script of type
 * "module". The licences of bundled packages stand at its end.
 *
 * @param name file name of the module
 * @returns JavaScript that can stand in a script element
 */
export function pageScript(name: string): Promise<string> {
  return bundledScript(fileURLToPath(new URL(name, import.meta.url)));
}

/**
 * Bundles a module as `pageScript()` does.
 *
 * @param path file of the module
 * @param replaced modules that a browser lacks: packages and modules of Node by name,
 * files by path
 */
export function bundledScript(
  path: string,
  replaced: Replacements = {},
): Promise<string> {
  const known = bundles.get(path) ?? bundle(path, replaced);
  bundles.set(path, known);
  return known;
}

async function bundle(path: string, replaced: Replacements): Promise<string> {
  const linkedom = fileURLToPath(new URL("svg_document.ts", import.meta.url));
  const { outputFiles: [{ text }], metafile } = await build({
    entryPoints: [path],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2023",
    minify: true,
    legalComments: "none",
    plugins: [replacing({ linkedom, ...replaced })],
    logLevel: "silent",
  });
  await stop();
  const licences = await licencesOf(Object.keys(metafile.inputs));
  return `${text}/*\n${licences}\n*/\n`.replaceAll("</script", "<\\/script");
}

function replacing(replaced: Replacements): Plugin {
  return {
    name: "replacing",
    setup({ onResolve }) {
      onResolve({ filter: /./ }, ({ path, resolveDir }) => {
        const key = path.startsWith(".") ? join(resolveDir, path) : path;
        return Object.hasOwn(replaced, key) ? { path: replaced[key] } : null;
      });
    },
  };
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
