import { join } from "node:path";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";
import { VENV } from "./paths.ts";
import type { Step } from "./step.ts";

const FOLDER = join(VENV, "share", "jupyter", "lab", "settings");
const FILE = join(FOLDER, "overrides.json");

/** Else JupyterLab asks at its first start whether it may fetch news. */
const WANTED = JSON.stringify(
  {
    "@jupyterlab/apputils-extension:notification": {
      checkForUpdates: false,
      fetchNews: "false",
    },
  },
  null,
  2,
) + "\n";

/** Defaults of the project's JupyterLab; a user's own settings go before. */
export const labSettings: Step = {
  title: "Set JupyterLab's defaults in .venv",
  needs: [],
  isDone: async () =>
    await Deno.readTextFile(FILE).catch(() => undefined) === WANTED,
  async run() {
    await Deno.mkdir(FOLDER, { recursive: true });
    await writeFileAtomic(FILE, WANTED);
  },
};
