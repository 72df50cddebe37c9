import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../files/project_root.ts";
import { readJson } from "../files/read_json.ts";

const ENGINE = "@tensorflow/tfjs-node-gpu";

/** Schema of the part of `deno.json` that is used here. */
const CONFIG = z.object({
  version: z.string(),
  imports: z.object({ [ENGINE]: z.string() }),
});

/** Returns the line of `ils --version`, without loading TensorFlow. */
export async function versions(): Promise<string> {
  const { version, imports } = await readJson(join(ROOT, "deno.json"), CONFIG);
  const engine = imports[ENGINE];
  const tfjs = engine.slice(engine.lastIndexOf("@") + 1);
  return `${version} (TensorFlow.js ${tfjs}, Deno ${Deno.version.deno})\n`;
}
