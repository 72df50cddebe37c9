/**
 * Runs a benchmark, or names them all.
 *
 *   deno task bench [NAME] [options of the benchmark]
 */
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../bench", import.meta.url));
const [name, ...rest] = Deno.args;
const names = Array.from(Deno.readDirSync(FOLDER), (entry) => entry.name)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, "")).sort();

if (name === undefined || !names.includes(name)) {
  const wrong = name === undefined ? "" : `There is no benchmark ${name}. `;
  const text = `${wrong}Usage: deno task bench ${names.join("|")} [options]\n`;
  Deno.stderr.writeSync(new TextEncoder().encode(text));
  Deno.exit(2);
}

const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["run", "--allow-all", `${FOLDER}/${name}.ts`, ...rest],
}).spawn().status;
Deno.exit(code);
