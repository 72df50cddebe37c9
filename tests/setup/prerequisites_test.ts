import { deepStrictEqual, match } from "node:assert/strict";
import { knownReason } from "../../tools/setup/command.ts";
import { diskSpace } from "../../tools/setup/prerequisites.ts";

Deno.test("diskSpace() returns undefined if there is enough space", async () => {
  deepStrictEqual(await diskSpace(0)(), undefined);
});

Deno.test("diskSpace() reports how much is needed and how much is free", async () => {
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
  ["npm error code EDQUOT", /the disk quota is used up/],
  ["OSError: [Errno 122] Disk quota exceeded", /the disk quota is used up/],
];
for (const [output, reason] of causes) {
  Deno.test(`knownReason() recognises '${output}'`, () => {
    match(knownReason(output) ?? "", reason);
  });
}

Deno.test("knownReason() does not recognise other failures", () => {
  deepStrictEqual(knownReason("npm error code EINTEGRITY"), undefined);
});
