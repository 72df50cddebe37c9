import { deepStrictEqual } from "node:assert/strict";
import { summaryLine } from "../../tools/test_summary.ts";

const summaries: [string, string | undefined][] = [
  ["ok | 12 passed | 0 failed (1s)", "12 passed, 0 failed"],
  ["ok | 12 passed (3 steps) | 0 failed (1s)", "12 passed, 0 failed"],
  ["FAILED | 3 passed | 2 failed (4 steps) (1s)", "3 passed, 2 failed"],
  [
    "ok | 3 passed | 0 failed | 1 ignored | 5 filtered out (1s)",
    "3 passed, 0 failed, 1 skipped",
  ],
  ["ok | 0 passed | 0 failed | 9 filtered out (1s)", undefined],
  ["error: Module not found", undefined],
];
for (const [output, line] of summaries) {
  Deno.test(`summaryLine() makes '${line}' of '${output}'`, () => {
    deepStrictEqual(summaryLine(`some test ... ok\n\n${output}\n`), line);
  });
}

Deno.test("summaryLine() takes the last summary, not one that a test prints", () => {
  const output = "ok | 1 passed | 0 failed (1s)\nFAILED | 0 passed | 1 failed";
  deepStrictEqual(summaryLine(output), "0 passed, 1 failed");
});
