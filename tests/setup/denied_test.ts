import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { ROOT } from "../../lib/files/project_root.ts";
import { deniedError } from "../../tools/setup/denied.ts";

Deno.test("deniedError() explains another user's and a read-only folder in one line", () => {
  const reasons = [
    new Deno.errors.PermissionDenied("Permission denied: open 'data/.lock'"),
    new Error("Read-only file system (os error 30): mkdir 'data'"),
  ];
  deepStrictEqual(
    reasons.map((error) => deniedError(error)?.message),
    reasons.map(({ message }) =>
      `Cannot set up ${ROOT}: ${message}; its owner can run deno task setup, ` +
      "or you can work in a copy of your own"
    ),
  );
});

Deno.test("deniedError() leaves other errors alone", () => {
  strictEqual(deniedError(new Error("broken")), undefined);
  strictEqual(deniedError("broken"), undefined);
});
