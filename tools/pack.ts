/**
 * Writes an npm package with the JavaScript and types of the modules that run in any
 * JavaScript engine: calibration, logits, smoothing and statistics.
 *
 *   deno task pack [--out FILE.tgz]
 *
 * The default is `dist/ils-label-smoothing-VERSION.tgz`.
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { packTar, unpackTar } from "modern-tar";
import { ROOT } from "../lib/files/project_root.ts";
import { writeText } from "../lib/files/write_text.ts";
import {
  modulesBehind,
  packageConfig,
  PORTABLE,
  runDeno,
} from "./package_modules.ts";

const README = fileURLToPath(new URL("pack_readme.md", import.meta.url));
const METADATA = {
  description: "Soft targets and calibration of classifiers",
  keywords: ["label smoothing", "calibration", "temperature scaling"],
  sideEffects: false,
  engines: { node: ">=20" },
};

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
  await Deno.copyFile(README, join(folder, "README.md"));
  await Deno.mkdir(dirname(out), { recursive: true });
  await runDeno(
    ["pack", "--allow-dirty", "--no-source-maps", "--output", out],
    folder,
  );
  await Deno.writeFile(out, await withMetadata(await Deno.readFile(out)));
  writeText(Deno.stderr, `Wrote ${out}\n`);
} finally {
  await Deno.remove(folder, { recursive: true });
}

function outputPath(args: readonly string[]): string {
  const file = `${name.slice(1).replace("/", "-")}-${version}.tgz`;
  if (args.length === 0) return join(ROOT, "dist", file);
  const [flag, path] = args;
  if (flag === "--out" && path && args.length === 2) return resolve(path);
  writeText(Deno.stderr, "Usage: deno task pack [--out FILE.tgz]\n");
  Deno.exit(2);
}

/** The archive with the fields of `package.json` that `deno pack` leaves out. */
async function withMetadata(archive: Uint8Array<ArrayBuffer>) {
  const gunzip = new DecompressionStream("gzip");
  const tar = new Blob([archive]).stream().pipeThrough(gunzip);
  const entries = await unpackTar(tar);
  const changed = entries.map(({ header, data }) => {
    if (header.name !== "package/package.json") return { header, body: data };
    const body = new TextEncoder().encode(
      JSON.stringify(
        { ...JSON.parse(new TextDecoder().decode(data)), ...METADATA },
        null,
        2,
      ),
    );
    return { header: { ...header, size: body.length }, body };
  });
  const packed = await packTar(changed);
  const gzip = new CompressionStream("gzip");
  const zipped = new Blob([packed as Uint8Array<ArrayBuffer>]).stream()
    .pipeThrough(gzip);
  return new Uint8Array(await new Response(zipped).arrayBuffer());
}
