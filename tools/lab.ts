/**
 * Opens the notebooks in the project's JupyterLab.
 *
 *   deno task lab [options of JupyterLab]
 */
import { PLANNED_PROFILES } from "../lib/cli/reproduce/profile_plan.ts";
import { writeText } from "../lib/files/write_text.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { checkPython, startPython } from "../lib/reproduce/project_python.ts";
import { labArguments } from "./lab_arguments.ts";

const profile = Deno.env.get("ILS_PROFILE") || "quick";
if (!PLANNED_PROFILES.has(profile)) {
  const names = [...PLANNED_PROFILES.keys()].join(", ");
  writeText(
    Deno.stderr,
    `ILS_PROFILE must be one of ${names}: current value is ${profile}\n`,
  );
  Deno.exit(2);
}

try {
  await checkPython(ROOT, "jupyterlab");
} catch (error) {
  writeText(Deno.stderr, `${(error as Error).message}\n`);
  Deno.exit(1);
}

const child = startPython(ROOT, {
  args: labArguments(Deno.args, Deno.uid() === 0),
});
// Control-C also reaches JupyterLab, which asks for confirmation: keep running.
Deno.addSignalListener("SIGINT", () => {});
Deno.addSignalListener("SIGTERM", () => child.kill("SIGTERM"));
Deno.exit((await child.status).code);
