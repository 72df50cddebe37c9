import { equal, match } from "node:assert/strict";
import {
  denoWarning,
  platformProblem,
  TESTED_DENO,
} from "../../lib/engine/platform.ts";

Deno.test("denoWarning() accepts only the tested version", () => {
  equal(denoWarning(TESTED_DENO), undefined);
  equal(
    denoWarning("2.1.0"),
    `Deno 2.1.0 is untested, ${TESTED_DENO} is tested ` +
      `(npx -y deno@${TESTED_DENO} runs it)`,
  );
});

Deno.test("platformProblem() accepts Linux on the two architectures of the wheels", () => {
  equal(platformProblem({ os: "linux", arch: "x86_64" }), undefined);
  equal(platformProblem({ os: "linux", arch: "aarch64" }), undefined);
});

const others: [typeof Deno.build.os, typeof Deno.build.arch, RegExp][] = [
  ["darwin", "aarch64", /on macOS aarch64 use the container: docker build/],
  ["windows", "x86_64", /on Windows x86_64 use the container: docker build/],
  ["freebsd", "x86_64", /on freebsd x86_64 use the container: docker build/],
];
for (const [os, arch, wanted] of others) {
  Deno.test(`platformProblem() refers ${os} to the container in one line`, () => {
    match(platformProblem({ os, arch }) ?? "", wanted);
    match(platformProblem({ os, arch }) ?? "", /^[^\n]+$/);
  });
}
