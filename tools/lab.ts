/**
 * Opens the notebooks in the project's own JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { VENV_PYTHON } from "./setup/paths.ts";

const child = new Deno.Command(VENV_PYTHON, {
  args: [
    "-m",
    "jupyterlab",
    "--ServerApp.root_dir=.",
    "--LabApp.default_url=/lab/tree/notebooks",
    ...Deno.args,
  ],
}).spawn();
// Control-C reaches JupyterLab too, which asks back; outlive its answer.
Deno.addSignalListener("SIGINT", () => {});
Deno.exit((await child.status).code);
