/**
 * Writes the reference of the public modules as HTML into `dist/docs`.
 *
 *   deno task docs
 */
import { join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { packageConfig } from "./package_modules.ts";

const { name, exports } = await packageConfig();
const out = join("dist", "docs");
await Deno.mkdir(join(ROOT, out), { recursive: true });
const { code } = await new Deno.Command(Deno.execPath(), {
  args: [
    "doc",
    "--html",
    `--name=${name}`,
    `--output=${out}`,
    ...Object.values(exports),
  ],
  cwd: ROOT,
  stdout: "null",
}).output();
if (code === 0) {
  const page = join(ROOT, out, "index.html");
  Deno.stderr.writeSync(new TextEncoder().encode(`Wrote ${page}\n`));
}
Deno.exit(code);
