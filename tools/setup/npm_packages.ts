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

const inputHash = () => hashOf(INPUTS.map((name) => join(ROOT, name)));

/** Installs `node_modules` exactly as `package-lock.json` specifies. */
export const npmPackages: Step = {
  title: "Install the npm packages into node_modules",
  needs: [npm, diskSpace(1)],
  isDone: async () => await hasStamp(STAMP, await inputHash()),
  async run() {
    const [program, ...args] = await findNpm() ?? ["npm"];
    // No scripts: the engine's would download another TensorFlow.
    await mustRun("install the npm packages", program, [
      ...args,
      "ci",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      // With the default delays, a missing network is reported after a minute.
      "--fetch-retry-mintimeout=1000",
      "--fetch-retry-maxtimeout=5000",
    ]);
    await linkEngine();
    await writeStamp(STAMP, await inputHash());
  },
};

/**
 * Replaces `@tensorflow/tfjs-node`, which danfojs-node imports, by a link to the
 * engine. npm installs a copy, which would be a second engine.
 */
async function linkEngine() {
  await removeTree(LINK);
  await Deno.symlink("tfjs-node-gpu", LINK);
}
