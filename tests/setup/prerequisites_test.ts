import { deepStrictEqual, match } from "node:assert/strict";
import { knownReason } from "../../tools/setup/command.ts";
import { diskSpace } from "../../tools/setup/prerequisites.ts";

Deno.test("diskSpace() is content where there is room", async () => {
  deepStrictEqual(await diskSpace(0)(), undefined);
});

Deno.test("diskSpace() says how much is needed and how much is free", async () => {
  const missing = await diskSpace(1e9)();
  match(
    missing?.what ?? "",
    /^disk space \(1000000000 GB are needed, [\d.]+ GB are free in \/.*\)$/,
  );
});

const causes: [string, RegExp][] = [
  ["npm error code EAI_AGAIN", /cannot be reached.*\(EAI_AGAIN\)/],
  [
    "NewConnectionError: Failed to establish a new connection: [Errno -3]",
    /cannot be reached.*\(Failed to establish a new connection\)/,
  ],
  ["OSError: [Errno 28] No space left on device", /no space is left/],
];
for (const [output, wanted] of causes) {
  Deno.test(`knownReason() knows '${output}'`, () => {
    match(knownReason(output) ?? "", wanted);
  });
}

Deno.test("knownReason() takes no other failure for a missing network", () => {
  deepStrictEqual(knownReason("npm error code EINTEGRITY"), undefined);
});
