import { fileURLToPath } from "node:url";
import { build, stop } from "esbuild";
import { ROOT } from "../../files/project_root.ts";

/** Bundles by file name: a profile's index is written after each of its notebooks. */
const bundles = new Map<string, Promise<string>>();

/**
 * Bundles a module of this folder, with all that it imports, as an inline script of type "module".
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
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
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
  return text.replaceAll("</script", "<\\/script");
}
