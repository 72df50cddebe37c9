/**
 * Writes the page that inspects files of scores in a browser into `dist`.
 *
 *   deno task inspect
 */
import { join } from "node:path";
import { inspectPage } from "../lib/cli/inspect/inspect_page.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { writeFileAtomic } from "../lib/files/write_file_atomic.ts";
import { writeText } from "../lib/files/write_text.ts";

const path = join(ROOT, "dist", "inspect.html");
await Deno.mkdir(join(ROOT, "dist"), { recursive: true });
await writeFileAtomic(path, await inspectPage());
writeText(Deno.stderr, `Open in a browser: file://${path}\n`);
