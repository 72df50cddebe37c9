/**
 * Runs the tests and closes with one line that counts them.
 *
 *   deno task test [FILE OR FOLDER …] [options of `deno test`]
 *
 * One file after the other: TensorFlow.js's binding has one backend for the
 * whole process, so two files at once would disturb each other, and TensorFlow
 * uses both cores anyway. Types are left to `deno task check`.
 */
import { stripVTControlCharacters } from "node:util";
import { summaryLine } from "./test_summary.ts";

const named = Deno.args.some((arg) => !arg.startsWith("-"));
const args = named ? Deno.args : [...Deno.args, "tests/"];
const child = new Deno.Command(Deno.execPath(), {
  args: ["test", "--allow-all", "--no-check", ...args],
  stdout: "piped",
  env: Deno.stdout.isTerminal() ? { FORCE_COLOR: "1" } : {},
}).spawn();

let shown = "";
const text = new TextDecoder();
for await (const chunk of child.stdout) {
  Deno.stdout.writeSync(chunk);
  // The count stands at the end; a long run need not be kept whole.
  shown = (shown + text.decode(chunk, { stream: true })).slice(-20_000);
}
const { code } = await child.status;
const line = summaryLine(stripVTControlCharacters(shown));
Deno.stdout.writeSync(
  new TextEncoder().encode(`${line ?? "The tests did not run"}\n`),
);
Deno.exit(code !== 0 ? code : line === undefined ? 1 : 0);
