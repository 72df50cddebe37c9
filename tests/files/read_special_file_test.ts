import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { BadInput } from "../../lib/bad_input.ts";
import { readBytes } from "../../lib/files/read_bytes.ts";
import { readJson } from "../../lib/files/read_json.ts";
import {
  isSpecialFile,
  readSpecialFile,
} from "../../lib/files/read_special_file.ts";
import { inFolder } from "../cli/program.ts";

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

const readAny = (path: string) => readJson(path, z.any());

/** Endless files: in `/dev`, a link to one, and a pipe elsewhere. */
const ENDLESS = [
  { file: "/dev/zero", read: readBytes, limit: 1024 },
  { file: "/dev/zero", read: readAny, limit: 256 },
  { file: "link", read: readAny, limit: 256 },
  { file: "pipe", read: readAny, limit: 256 },
];
for (const { file, read, limit } of ENDLESS) {
  Deno.test({
    ...linux,
    name: `${file}, which is endless, is read up to ${limit} MiB`,
    fn: () =>
      inFolder(async (folder) => {
        const path = resolve(folder, file);
        await Deno.symlink("/dev/zero", join(folder, "link"));
        const writer = new Deno.Command("sh", {
          args: ["-c", "mkfifo pipe; [ $1 = pipe ] && cat /dev/zero > pipe"]
            .concat("sh", file),
          cwd: folder,
          stderr: "null",
        }).spawn();
        while (file === "pipe" && !existsSync(path)) await delay(10);
        await assert.rejects(
          read(path),
          new BadInput(
            `Cannot read ${path}: it has more than ${limit} MiB, the limit ` +
              "for pipes and devices; write it to a file first",
          ),
        );
        await writer.status;
      }),
  });
}

Deno.test({
  ...linux,
  name: "readSpecialFile() reads as much as it may, and no more",
  fn: () =>
    inFolder((folder) => {
      const path = join(folder, "file");
      Deno.writeFileSync(path, new Uint8Array(2 ** 20));
      assert.equal(readSpecialFile(path, { most: 2 ** 20 }).length, 2 ** 20);
      Deno.writeFileSync(path, new Uint8Array(2 ** 20 + 1));
      assert.throws(
        () => readSpecialFile(path, { most: 2 ** 20 }),
        /^BadInput: .* it has more than 1 MiB, /,
      );
    }),
});

Deno.test("isSpecialFile() is true only in /dev, /proc and /sys", () => {
  for (const path of ["/dev/stdin", "/dev/fd/63", "/proc/1/maps", "/sys/x"]) {
    assert(isSpecialFile(path), path);
  }
  for (const path of ["dev/stdin", "/devices/x", "/home/dev/x", "/dev"]) {
    assert(!isSpecialFile(path), path);
  }
});
