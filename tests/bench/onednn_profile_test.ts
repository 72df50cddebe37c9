import { deepStrictEqual, throws } from "node:assert/strict";
import { parseProfile } from "../../bench/support/onednn_profile.ts";

/** A line as oneDNN prints it after a primitive. */
function executed(kind: string, ms: number): string {
  return `onednn_verbose,v1,primitive,exec,cpu,${kind},jit,forward,src dst,,,` +
    `problem,${ms}`;
}

Deno.test("parseProfile() averages the primitives after the network is built", () => {
  const text = [
    "onednn_verbose,v1,info,oneDNN v3.7.3",
    '"2.21.0"',
    executed("convolution", 100),
    '{"parameters":5,"times":[]}',
    executed("convolution", 6),
    executed("reorder", 3),
    "onednn_verbose,v1,primitive,create:cache_hit,cpu,convolution,jit,50",
    executed("convolution", 9),
    '{"parameters":5,"times":[8,12]}',
    "",
  ].join("\n");
  const { step, primitives } = parseProfile(text);
  // Two timed steps and one before them.
  deepStrictEqual(step, (8 + 12) / 2);
  deepStrictEqual([...primitives], [
    ["convolution", (6 + 9) / 3],
    ["reorder", 3 / 3],
  ]);
});

Deno.test("parseProfile() refuses the output of a process that failed", () => {
  throws(() => parseProfile('"2.21.0"\n{"parameters":5,"times":[]}\n'), {
    message: "The process did not answer twice",
  });
});
