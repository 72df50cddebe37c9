import { equal } from "node:assert/strict";
import { resolve } from "node:path";
import { writeRemedy } from "../../../lib/cli/terminal/write_remedy.ts";

const REMEDY =
  "; set ILS_RESULTS_DIR to an existing folder that can be written to";

const CASES: readonly (readonly [message: string, remedy: string])[] = [
  ["Permission denied (os error 13): mkdir 'results/runs/a'", REMEDY],
  ["Read-only file system (os error 30): open 'results/a.json'", REMEDY],
  ["No space left on device (os error 28): write 'results/a.json'", REMEDY],
  ["Disk quota exceeded (os error 122): write 'results/a.json'", REMEDY],
  [
    `Permission denied (os error 13): mkdir '${resolve("results/tune")}'`,
    REMEDY,
  ],
  ["Permission denied (os error 13): mkdir 'elsewhere/results'", ""],
  ["Permission denied (os error 13): mkdir 'results/../other'", ""],
  ["Cannot find results/runs/a: 'results/runs/a'", ""],
  ["broken", ""],
];
for (const [message, remedy] of CASES) {
  const what = remedy === "" ? "nothing" : "the variable for results";
  Deno.test(`writeRemedy() names ${what} for: ${message}`, () =>
    equal(writeRemedy(message), remedy));
}

Deno.test("writeRemedy() knows the folder that ILS_RESULTS_DIR names", () => {
  const before = Deno.env.get("ILS_RESULTS_DIR");
  Deno.env.set("ILS_RESULTS_DIR", "/elsewhere");
  try {
    const full = "No space left on device (os error 28): write";
    equal(writeRemedy(`${full} '/elsewhere/runs/a'`), REMEDY);
    equal(writeRemedy(`${full} 'results/runs/a'`), "");
  } finally {
    if (before === undefined) Deno.env.delete("ILS_RESULTS_DIR");
    else Deno.env.set("ILS_RESULTS_DIR", before);
  }
});
