import { deepStrictEqual, rejects } from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import { readTar } from "../../../lib/data/formats/tar.ts";
import { type Entry, tarOf } from "../tar_archive.ts";

const text = (content: string) => new TextEncoder().encode(content);

const FOLDER: Entry = { path: "batches/", type: "5" };
const FILE: Entry = { path: "batches/a.bin", content: text("abc") };

Deno.test("readTar() returns the files of an archive, not its folders", async () => {
  const long = text("x".repeat(513));
  const files = await readTar(
    tarOf([FOLDER, FILE, { path: "batches/b.bin", content: long }]),
    "T.tar",
  );
  deepStrictEqual([...files.keys()], ["batches/a.bin", "batches/b.bin"]);
  deepStrictEqual(files.get("batches/a.bin"), text("abc"));
  deepStrictEqual(files.get("batches/b.bin"), long);
});

Deno.test("readTar() joins prefix and name of POSIX's format", async () => {
  const files = await readTar(
    tarOf([{ ...FILE, path: "a.bin", magic: "ustar\0", prefix: "deep" }]),
    "T.tar",
  );
  deepStrictEqual([...files.keys()], ["deep/a.bin"]);
});

Deno.test("readTar() reads what GNU tar writes", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/batches`);
    await Deno.writeTextFile(`${folder}/batches/a.bin`, "abc");
    const { success } = await new Deno.Command("tar", {
      args: ["--create", "--format=gnu", "--file=T.tar", "batches"],
      cwd: folder,
    }).output();
    deepStrictEqual(success, true);
    const files = await readTar(
      await Deno.readFile(`${folder}/T.tar`),
      "T.tar",
    );
    deepStrictEqual([...files], [["batches/a.bin", text("abc")]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const refused: [string, readonly Entry[], RegExp][] = [
  [
    "a path that leads upwards",
    [{ ...FILE, path: "batches/../../x" }],
    /^Cannot use T\.tar: the path "batches\/\.\.\/\.\.\/x" leads outside$/,
  ],
  [
    "an absolute path",
    [{ ...FILE, path: "/tmp/x" }],
    /"\/tmp\/x" leads outside/,
  ],
  [
    "a path that leads upwards by its prefix",
    [{ ...FILE, magic: "ustar\0", prefix: ".." }],
    /leads outside/,
  ],
  [
    "a symbolic link",
    [{ path: "a.bin", type: "2" }],
    /: it must contain only files and folders, but "a\.bin" is a link$/,
  ],
  ["a hard link", [{ path: "a.bin", type: "1" }], /"a\.bin" is a link$/],
  ["a device", [{ path: "a.bin", type: "3" }], /"a\.bin" is of type 3$/],
  ["an extended header", [{ path: "h", type: "x" }], /"h" is of type x$/],
  [
    "an extended header that renames a file",
    [{ path: "h", type: "x", content: text("14 path=other\n") }, FILE],
    /"h" is of type x$/,
  ],
  [
    "a global header that gives a size",
    [{ path: "g", type: "g", content: text("9 size=1\n") }, FILE],
    /"g" is of type g$/,
  ],
  ["GNU's long name", [{ path: "L", type: "L" }, FILE], /"L" is of type L$/],
  ["an unknown kind", [{ ...FILE, type: "S" }], /a\.bin" is of type S$/],
  [
    "a file with the name of a folder and content",
    [{ ...FILE, path: "batches/" }],
    /: the file batches\/ has the name of a folder$/,
  ],
  ["a file twice", [FILE, FILE], /: it contains batches\/a\.bin twice$/],
  [
    "a file that is larger than the archive",
    [{ ...FILE, size: "77777777777" }],
    /: it is cut short within batches\/a\.bin$/,
  ],
  [
    "a size that is not a number",
    [{ ...FILE, size: "12x" }],
    /is not a number$/,
  ],
];
for (const [what, entries, message] of refused) {
  Deno.test(`readTar() refuses ${what}`, async () => {
    await rejects(
      readTar(tarOf(entries), "T.tar"),
      (error) => error instanceof BadInput && message.test(error.message),
    );
  });
}

Deno.test("readTar() refuses an incomplete or changed archive", async () => {
  const complete = tarOf([FILE]);
  for (const length of [0, 100, 512, 600, 1024]) {
    await rejects(readTar(complete.subarray(0, length), "T.tar"), /cut short/);
  }
  const two = tarOf([FILE, { ...FILE, path: "b.bin", size: "17777777777" }]);
  await rejects(readTar(two, "T.tar"), /: it is cut short within b\.bin$/);
  const changed = complete.slice();
  changed[2] ^= 1;
  await rejects(
    readTar(changed, "T.tar"),
    /: it is damaged: the checksum of a header is wrong$/,
  );
});
