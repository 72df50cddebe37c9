/**
 * Writes the page that inspects files of scores in a browser into `dist`, and serves it
 * on request.
 *
 *   deno task inspect [--serve [--port N]]
 */
import { join } from "node:path";
import { BadInput } from "../lib/bad_input.ts";
import { parseFlags } from "../lib/cli/flags/command_line.ts";
import { optional, toggle, whole } from "../lib/cli/flags/flags.ts";
import { inspectPage } from "../lib/cli/inspect/inspect_page.ts";
import { servePage } from "../lib/cli/inspect/serve_page.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { writeFileAtomic } from "../lib/files/write_file_atomic.ts";
import { writeText } from "../lib/files/write_text.ts";

const FLAGS = {
  serve: toggle("serve the page to browsers of this machine"),
  port: optional(whole(1, "port (default: a free one)")),
};

const print = (text: string) => writeText(Deno.stderr, `${text}\n`);

try {
  const { serve, port } = parseFlags(Deno.args, FLAGS);
  checkPort(port, serve);
  const path = join(ROOT, "dist", "inspect.html");
  const page = await inspectPage();
  await Deno.mkdir(join(ROOT, "dist"), { recursive: true });
  await writeFileAtomic(path, page);
  if (serve) await serveUntilStopped(page, port);
  else {
    print(`Open in a browser: file://${path}`);
    print(
      "No browser on this machine? Copy that file to one that has, or add --serve",
    );
  }
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  print(error.message);
  Deno.exitCode = 2;
}

function checkPort(port: number | undefined, serve: boolean): void {
  if (port === undefined) return;
  if (!serve) throw new BadInput("--port needs --serve");
  if (port > 65_535) {
    throw new BadInput(
      `--port must be at most 65535: current value is ${port}`,
    );
  }
}

async function serveUntilStopped(
  page: string,
  asked: number | undefined,
): Promise<void> {
  const { address, port, finished } = servePage(page, { port: asked });
  print(`Open in a browser: ${address} (Ctrl-C stops)`);
  print(
    `From another machine, first: ssh -L ${port}:127.0.0.1:${port} THIS-MACHINE`,
  );
  await finished;
}
