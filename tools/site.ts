/**
 * Writes the results, the reference of the public modules and the page that inspects
 * files of scores as a website into `dist/site`, for any web server.
 *
 *   deno task site
 */
import { join } from "node:path";
import { inspectPage } from "../lib/cli/inspect/inspect_page.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { writeText } from "../lib/files/write_text.ts";
import { writeSite } from "../lib/reproduce/site.ts";

const out = join(ROOT, "dist", "site");
await writeSite(out, {
  root: ROOT,
  reference: join(ROOT, "dist", "docs"),
  inspect: await inspectPage(),
});
writeText(Deno.stderr, `Wrote ${join(out, "index.html")}\n`);
