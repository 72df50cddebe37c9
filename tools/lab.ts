/**
 * Opens the notebooks in the project's JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { VENV_PYTHON } from "./setup/paths.ts";

// Disables JupyterLab's requests for news and for newer versions.
const OFFLINE = [
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
];
// As root, as in a container, JupyterLab starts only with this option.
const ROOT = Deno.uid() === 0 ? ["--allow-root"] : [];

const child = new Deno.Command(VENV_PYTHON, {
  args: [
    "-m",
    "jupyterlab",
    "--ServerApp.root_dir=.",
    "--LabApp.default_url=/lab/tree/notebooks",
    ...OFFLINE,
    ...ROOT,
    ...Deno.args,
  ],
}).spawn();
// Control-C also reaches JupyterLab, which asks for confirmation: keep running.
Deno.addSignalListener("SIGINT", () => {});
Deno.exit((await child.status).code);
