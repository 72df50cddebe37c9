/**
 * Opens the notebooks in the project's own JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { VENV_PYTHON } from "./setup/paths.ts";

// What JupyterLab asks of the network by itself: news, and newer versions.
const OFFLINE = [
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
];
// In a container one is root, whom JupyterLab refuses unless told.
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
// Control-C reaches JupyterLab too, which asks back; outlive its answer.
Deno.addSignalListener("SIGINT", () => {});
Deno.exit((await child.status).code);
