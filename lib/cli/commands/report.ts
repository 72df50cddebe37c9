import { relative } from "node:path";
import { ROOT } from "../../files/project_root.ts";
import { PLANNED_PROFILES } from "../reproduce/profile_plan.ts";
import { renderReport } from "../../reproduce/render_report.ts";
import { profileFolder } from "../../reproduce/reproduce.ts";
import { command } from "../command.ts";
import { choice, withDefault } from "../flags/flags.ts";

/** Returns a path, below the project's folder without that. */
function shown(path: string): string {
  return path.startsWith(ROOT) ? relative(ROOT, path) : path;
}

/** `ils report`: renders what `deno task reproduce` executed. */
export const report = command({
  flags: {
    profile: withDefault(
      "quick",
      choice([...PLANNED_PROFILES.keys()], {
        placeholder: "NAME",
        help: "profile whose folder results/NAME is rendered",
      }),
    ),
  },
  examples: ["report", "report --profile standard --json"],
  notes: `Executes nothing: deno task reproduce does that.`,
  async run({ profile }, { log }) {
    log(`Rendering ${shown(profileFolder(ROOT, profile))}\n`);
    const pages = await renderReport(profile, { root: ROOT });
    const paths = pages.map(shown);
    return {
      json: { profile, pages: paths },
      text: paths.map((path) => `${path}\n`).join(""),
    };
  },
});
