import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { readBytes } from "../../lib/files/read_bytes.ts";
import {
  isSpecialFile,
  readSpecialFile,
} from "../../lib/files/read_special_file.ts";

const linux = { ignore: Deno.build.os !== "linux" };

Deno.test(
  "readSpecialFile() reads the status of this process",
  linux,
  () => {
    const text = new TextDecoder().decode(
      readSpecialFile(`/proc/${Deno.pid}/status`),
    );
    assert.match(text, new RegExp(`^Pid:\\s+${Deno.pid}$`, "m"));
  },
);

Deno.test(
  "readSpecialFile() refuses a missing file and a folder",
  linux,
  () => {
    assert.throws(() => readSpecialFile("/dev/none"), Deno.errors.NotFound);
    assert.throws(() => readSpecialFile("/dev/fd"), Deno.errors.IsADirectory);
  },
);

Deno.test(
  "readBytes() has the same messages for special and other files",
  linux,
  async () => {
    await assert.rejects(
      readBytes("/dev/none"),
      new BadInput("Cannot read /dev/none: there is no such file"),
    );
    await assert.rejects(
      readBytes("/dev/fd"),
      new BadInput("Cannot read /dev/fd: it is a folder"),
    );
    assert.deepEqual(await readBytes("/dev/null"), new Uint8Array());
  },
);

Deno.test("isSpecialFile() is true only in /dev, /proc and /sys", () => {
  for (const path of ["/dev/stdin", "/dev/fd/63", "/proc/1/maps", "/sys/x"]) {
    assert(isSpecialFile(path), path);
  }
  for (const path of ["dev/stdin", "/devices/x", "/home/dev/x", "/dev"]) {
    assert(!isSpecialFile(path), path);
  }
});
