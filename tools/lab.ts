/**
 * Opens the notebooks in the project's JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { PLANNED_PROFILES } from "../lib/cli/reproduce/profile_plan.ts";
import { writeText } from "../lib/files/write_text.ts";
import { labArguments } from "./lab_arguments.ts";
import { VENV_PYTHON } from "./setup/paths.ts";

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
  args: labArguments(Deno.args, Deno.uid() === 0),
}).spawn();
// Control-C also reaches JupyterLab, which asks for confirmation: keep running.
Deno.addSignalListener("SIGINT", () => {});
Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
Deno.exit((await child.status).code);
