/** What tasks may write: each tries it, with its permissions in `deno.json`. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { inFolder } from "../cli/program.ts";
import { permissionsOf, TASKS } from "../tasks.ts";

/** Folders of the project; `outside` is a temporary one. */
const FOLDERS = [
  ...["lib", "tools", "tests", ".git", ".venv", "node_modules"],
  ...["data", "dist", "notebooks", "results", "outside"],
];

/** Folders by task that it can write to. */
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  // Deno creates links only with the permission to write anywhere.
  setup: FOLDERS,
  ready: FOLDERS,
  reproduce: ["results"],
  lab: [],
  ils: ["data", "dist", "results", "notebooks", "outside"],
  test: [],
  "test:browser": [],
  "test:cluster": [],
  check: ["notebooks"],
  chaos: ["dist"],
  // A folder of its own below .venv.
  fuzz: [],
  inspect: ["dist"],
  pack: ["dist", "outside"],
  docs: ["dist"],
  site: ["dist"],
  bench: [".venv", "outside"],
};

/** Tries to create a file in each folder, and prints where it was allowed. */
const SCRIPT = `
const written = [];
for (const [name, folder] of Object.entries(JSON.parse(Deno.args[0]))) {
  const path = folder + "/written.partial-by-test";
  try {
    Deno.writeTextFileSync(path, "");
    Deno.removeSync(path);
    written.push(name);
  } catch (error) {
    if (/^Not(Found|ADirectory)$/.test(error.name)) written.push(name);
    else if (error.name !== "NotCapable") throw error;
  }
}
console.log(JSON.stringify(written));`;

Deno.test("every task is listed here", () => {
  assert.deepEqual(Object.keys(WRITABLE).sort(), Object.keys(TASKS).sort());
});

for (const [task, expected] of Object.entries(WRITABLE)) {
  Deno.test(`deno task ${task} can write to: ${expected.join(", ") || "nothing"}`, () =>
    inFolder(async (outside) => {
      const script = join(outside, "try.ts");
      await Deno.writeTextFile(script, SCRIPT);
      const folders = Object.fromEntries(
        FOLDERS.map((name) => [
          name,
          // A link may lead out of the project: Deno resolves it.
          name === "outside" ? outside : join(ROOT, name),
        ]),
      );
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [
          ...["run", ...permissionsOf(task), "--no-check", script],
          JSON.stringify(folders),
        ],
        cwd: ROOT,
        stdin: "null",
      }).output();
      const text = new TextDecoder();
      assert.deepEqual(
        JSON.parse(text.decode(stdout) || "null"),
        FOLDERS.filter((name) => expected.includes(name)),
        text.decode(stderr),
      );
    }));
}
