import { join } from "node:path";
import { writeFileAtomic } from "../../lib/files/write_file_atomic.ts";
import { VENV } from "./paths.ts";
import type { Step } from "./step.ts";

const FOLDER = join(VENV, "share", "jupyter", "lab", "settings");
const FILE = join(FOLDER, "overrides.json");

/** Without this, JupyterLab asks at its first start whether to fetch news. */
const SETTINGS = JSON.stringify(
  {
    "@jupyterlab/apputils-extension:notification": {
      checkForUpdates: false,
      fetchNews: "false",
    },
  },
  null,
  2,
) + "\n";

/** Sets defaults of the project's JupyterLab; user settings take precedence. */
export const labSettings: Step = {
  title: "Set JupyterLab's defaults in .venv",
  needs: [],
  isDone: async () =>
    await Deno.readTextFile(FILE).catch(() => undefined) === SETTINGS,
  async run() {
    await Deno.mkdir(FOLDER, { recursive: true });
    await writeFileAtomic(FILE, SETTINGS);
  },
};
