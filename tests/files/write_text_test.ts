import assert from "node:assert/strict";
import { writeText } from "../../lib/files/write_text.ts";

Deno.test("writeText() writes all of a text to a stream that takes a few bytes at a time", () => {
  const written: number[] = [];
  const stream = {
    writeSync(bytes: Uint8Array) {
      written.push(...bytes.subarray(0, 3));
      return Math.min(bytes.length, 3);
    },
  };
  writeText(stream, "naïve text\n");
  const text = new TextDecoder().decode(Uint8Array.from(written));
  assert.equal(text, "naïve text\n");
});

Deno.test("writeText() ignores a closed pipe but no other error", () => {
  const failing = (error: Error) => ({
    writeSync: () => {
      throw error;
    },
  });
  writeText(failing(new Deno.errors.BrokenPipe()), "text");
  const full = new Error("No space left on device");
  assert.throws(() => writeText(failing(full), "text"), full);
});

Deno.test("writeText() ignores a closed terminal, but not a disk that fails", () => {
  const failing = (isTerminal: boolean) => {
    let open = isTerminal;
    return {
      isTerminal: () => open,
      writeSync: (bytes: Uint8Array) => {
        if (open) {
          open = false;
          return bytes.length;
        }
        throw Object.assign(new Error("Input/output error"), { code: "EIO" });
      },
    };
  };
  const terminal = failing(true);
  for (const _ of ["open", "closed"]) writeText(terminal, "text");
  assert.throws(() => writeText(failing(false), "text"), /Input\/output error/);
});
