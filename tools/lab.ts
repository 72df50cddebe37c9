/**
 * Opens the notebooks in the project's JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { PLANNED_PROFILES } from "../lib/cli/reproduce/profile_plan.ts";
import { writeText } from "../lib/files/write_text.ts";
import { VENV_PYTHON } from "./setup/paths.ts";

// Disables JupyterLab's requests for news and for newer versions.
const OFFLINE = [
  "--LabApp.news_url=None",
  "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
];
// The kernels of other environments have none of the project's packages.
const DENO_ONLY = [
  "--KernelSpecManager.allowed_kernelspecs=deno",
  "--KernelSpecManager.ensure_native_kernel=False",
];
// As root, as in a container, JupyterLab starts only with this option.
const ROOT = Deno.uid() === 0 ? ["--allow-root"] : [];

const profile = Deno.env.get("ILS_PROFILE") || "quick";
if (!PLANNED_PROFILES.has(profile)) {
  const names = [...PLANNED_PROFILES.keys()].join(", ");
  writeText(
    Deno.stderr,
    `ILS_PROFILE must be one of ${names}: current value is ${profile}\n`,
  );
  Deno.exit(2);
}

const child = new Deno.Command(VENV_PYTHON, {
  args: [
    "-m",
    "jupyterlab",
    "--ServerApp.root_dir=.",
    "--LabApp.default_url=/lab/tree/notebooks/01_teacher.ipynb",
    ...DENO_ONLY,
    ...OFFLINE,
    ...ROOT,
    ...Deno.args,
  ],
}).spawn();
// Control-C also reaches JupyterLab, which asks for confirmation: keep running.
Deno.addSignalListener("SIGINT", () => {});
Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
Deno.exit((await child.status).code);
