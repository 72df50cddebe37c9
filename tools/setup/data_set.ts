import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { reasonOf } from "../../lib/data/report.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { userFolders } from "../../lib/files/user_folders.ts";
import { writeText } from "../../lib/files/write_text.ts";
import { exists, hashOf, readStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

const DATA = join(ROOT, "data");
const STAMP = join(DATA, ".set-up");

/** Finds or downloads Fashion-MNIST and verifies it. */
export const dataSet: Step = {
  title: "Find or download Fashion-MNIST and verify it",
  needs: [],
  async isDone() {
    const [folder, state] = (await readStamp(STAMP))?.split("\n") ?? [];
    return folder !== undefined && await exists(folder) &&
      state === await stateOf(folder);
  },
  async run() {
    // Imported here, as most calls only check whether set-up is done.
    const { locateDataset } = await import("../../lib/data/dataset.ts");
    try {
      const { folder } = await locateDataset("fashionmnist", {
        userFolder: userFolders().ILS_DATA_DIR,
        report: (line, passing) => {
          if (passing === undefined) writeLine(`  ${line}`);
        },
      });
      await writeStamp(STAMP, `${folder}\n${await stateOf(folder)}`);
    } catch (error) {
      if (error instanceof BadInput) throw error;
      throw new SetupError(reasonOf(error));
    }
  },
};

/** Hash of the sizes and times of a folder's files and of `ILS_DATA_DIR`. */
async function stateOf(folder: string): Promise<string> {
  const states: string[] = [userFolders().ILS_DATA_DIR ?? ""];
  for await (const { name } of Deno.readDir(folder)) {
    const { size, mtime } = await Deno.stat(join(folder, name));
    states.push(`${name} ${size} ${mtime?.getTime()}`);
  }
  return await hashOf([], ...states.sort());
}

function writeLine(line: string) {
  writeText(Deno.stderr, `${line}\n`);
}
