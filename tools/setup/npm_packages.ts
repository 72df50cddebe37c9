import { join } from "node:path";
import { removeTree } from "../../lib/files/folders.ts";
import { mustRun } from "./command.ts";
import { ROOT } from "../../lib/files/project_root.ts";
import { NODE_MODULES } from "./paths.ts";
import { diskSpace, findNpm, npm } from "./prerequisites.ts";
import { hashOf, hasStamp, writeStamp } from "./stamp.ts";
import type { Step } from "./step.ts";

const STAMP = join(NODE_MODULES, ".set-up");
const LINK = join(NODE_MODULES, "@tensorflow", "tfjs-node");
const INPUTS = ["package.json", "package-lock.json", ".npmrc"];

const wanted = () => hashOf(INPUTS.map((name) => join(ROOT, name)));

/** `node_modules`, exactly as `package-lock.json` says. */
export const npmPackages: Step = {
  title: "Install the npm packages into node_modules",
  needs: [npm, diskSpace(1)],
  isDone: async () => await hasStamp(STAMP, await wanted()),
  async run() {
    const [program, ...args] = await findNpm() ?? ["npm"];
    // No scripts: the engine's would fetch a TensorFlow of its own.
    await mustRun("install the npm packages", program, [
      ...args,
      "ci",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      // Retry soon: the defaults take over a minute to see there is no network.
      "--fetch-retry-mintimeout=1000",
      "--fetch-retry-maxtimeout=5000",
    ]);
    await linkEngine();
    await writeStamp(STAMP, await wanted());
  },
};

/**
 * danfojs-node asks for `@tensorflow/tfjs-node`. npm gives it a copy of the
 * engine, and two copies would be two engines; a link is the same one.
 */
async function linkEngine() {
  await removeTree(LINK);
  await Deno.symlink("tfjs-node-gpu", LINK);
}
