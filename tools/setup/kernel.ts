import { join } from "node:path";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";
import { VENV } from "./paths.ts";
import type { Step } from "./step.ts";

const FOLDER = join(VENV, "share", "jupyter", "kernels", "deno");
const FILE = join(FOLDER, "kernel.json");

const kernelSpec = () =>
  JSON.stringify(
    {
      argv: [
        Deno.execPath(),
        "jupyter",
        "--kernel",
        "--conn",
        "{connection_file}",
      ],
      display_name: "Deno",
      language: "typescript",
    },
    null,
    2,
  ) + "\n";

/** Registers the running Deno executable as a kernel in `.venv` only. */
export const kernel: Step = {
  title: "Register the Deno kernel in .venv",
  needs: [],
  isDone: async () =>
    await Deno.readTextFile(FILE).catch(() => undefined) === kernelSpec(),
  async run() {
    await Deno.mkdir(FOLDER, { recursive: true });
    await writeFileAtomic(FILE, kernelSpec());
  },
};
