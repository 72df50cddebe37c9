import { join } from "node:path";
import { reasonOf } from "../../lib/data/report.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { exists, hashOf, readStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

const DATA = join(ROOT, "data");
const STAMP = join(DATA, ".set-up");

/** Fashion-MNIST, found or fetched, and checked once. */
export const dataSet: Step = {
  title: "Find or fetch Fashion-MNIST and check it",
  needs: [],
  async isDone() {
    const [folder, state] = (await readStamp(STAMP))?.split("\n") ?? [];
    return folder !== undefined && await exists(folder) &&
      state === await stateOf(folder);
  },
  async run() {
    // Loaded here, as most calls only ask whether all is done.
    const { locateDataset } = await import("../../lib/data/dataset.ts");
    try {
      const { folder } = await locateDataset("fashionmnist", {
        report: (line, passing) => {
          if (passing === undefined) writeLine(`  ${line}`);
        },
      });
      await writeStamp(STAMP, `${folder}\n${await stateOf(folder)}`);
    } catch (error) {
      throw new SetupError(reasonOf(error));
    }
  },
};

/** Sizes and times of a folder's files, and where else to look first. */
async function stateOf(folder: string): Promise<string> {
  const states: string[] = [Deno.env.get("ILS_DATA_DIR") ?? ""];
  for await (const { name } of Deno.readDir(folder)) {
    const { size, mtime } = await Deno.stat(join(folder, name));
    states.push(`${name} ${size} ${mtime?.getTime()}`);
  }
  return await hashOf([], ...states.sort());
}

function writeLine(line: string) {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
