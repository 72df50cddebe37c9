import { deepStrictEqual } from "node:assert/strict";
import { countsOf, failuresIn, summaryLine } from "../../tools/test/summary.ts";

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
  Deno.test(`summaryLine() returns '${line}' for '${output}'`, () => {
    const counts = countsOf(`some test ... ok\n\n${output}\n`);
    deepStrictEqual(summaryLine([counts]), line);
  });
}

Deno.test("countsOf() uses the last summary, not one printed by a test", () => {
  const output = "ok | 1 passed | 0 failed (1s)\nFAILED | 0 passed | 1 failed";
  deepStrictEqual(countsOf(output), { passed: 0, failed: 1, skipped: 0 });
});

Deno.test("summaryLine() adds the counts of all processes", () => {
  const counts = [
    { passed: 3, failed: 0, skipped: 1 },
    { passed: 0, failed: 0, skipped: 0 },
    { passed: 10, failed: 2, skipped: 4 },
  ];
  deepStrictEqual(summaryLine(counts), "13 passed, 2 failed, 5 skipped");
});

Deno.test("summaryLine() returns undefined if a process has no counts", () => {
  const counts = { passed: 3, failed: 0, skipped: 0 };
  deepStrictEqual(summaryLine([counts, undefined]), undefined);
});

Deno.test("failuresIn() returns the failed tests with their errors", () => {
  const errors =
    "a => ./a_test.ts:1:6\nerror: x\n\nb => ./a_test.ts:2:6\nerror: y";
  const list = "a => ./a_test.ts:1:6\nb => ./a_test.ts:2:6";
  const output = `\n ERRORS \n\n${errors}\n\n FAILURES \n\n${list}\n\n` +
    "FAILED | 0 passed | 2 failed (1ms)\n";
  deepStrictEqual(failuresIn(output), errors);
  deepStrictEqual(failuresIn("ok | 1 passed | 0 failed (1ms)\n"), "");
});
