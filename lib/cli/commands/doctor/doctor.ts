import { ROOT } from "../../../files/project_root.ts";
import { command } from "../../command.ts";
import type { Finding } from "./check.ts";
import { findings } from "./checks.ts";

/** `ils doctor`: checks what works on this machine. */
export const doctor = command({
  flags: {},
  examples: ["doctor", "doctor --json"],
  notes:
    `Nothing is downloaded or written. The exit code is 1 if something that every
command needs does not work; a missing data set is not a failure.`,
  async run(_, { log }) {
    const found: Finding[] = [];
    for await (const finding of findings(ROOT)) {
      found.push(finding);
      log(line(finding));
    }
    const broken = found.filter(({ works }) => works === false);
    const names = broken.map(({ name }) => name).join(", ");
    return {
      json: { findings: found, works: broken.length === 0 },
      text: broken.length === 0 ? "Everything works\n" : "",
      failure: broken.length === 0 ? undefined : `Not working: ${names}`,
    };
  },
});

function line({ name, works, detail }: Finding): string {
  const mark = works === null ? "–" : works ? "ok" : "!!";
  return `${mark.padEnd(3)} ${name.padEnd(18)} ${detail}\n`;
}
