import { deepStrictEqual, rejects } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { unpackDebianPackage } from "../../../lib/data/formats/deb.ts";
import { environment } from "../../environment.ts";

/**
 * An apt-get for tests. It records its calls; `download` copies a package if the
 * lists were updated.
 */
const APT_GET = `#!/bin/sh
here=$(dirname "$0")
for word in "$@"; do
  case $word in
    update) echo update >> "$here/calls"; touch "$here/updated" ;;
    download)
      echo download >> "$here/calls"
      if [ -e "$here/updated" ] && [ ! -e "$here/gone" ]; then cp "$here/made.deb" tiny_1_all.deb; else
        echo "W: lists are old" >&2
        echo "E: Unable to locate package tiny" >&2
        exit 100
      fi ;;
  esac
done
`;

const CONTROL = `Package: tiny
Version: 1
Architecture: all
Maintainer: Nobody <nobody@localhost>
Description: a package for a test
`;

async function withApt(use: (root: string) => Promise<void>) {
  const root = await Deno.makeTempDir();
  const path = Deno.env.get("PATH") ?? "";
  try {
    await Deno.writeTextFile(join(root, "apt-get"), APT_GET, { mode: 0o755 });
    const tree = join(root, "tree");
    await Deno.mkdir(join(tree, "DEBIAN"), { recursive: true });
    await Deno.mkdir(join(tree, "usr", "share"), { recursive: true });
    await Deno.writeTextFile(join(tree, "DEBIAN", "control"), CONTROL);
    await Deno.writeTextFile(join(tree, "usr", "share", "data"), "content");
    const { success } = await new Deno.Command("dpkg-deb", {
      args: ["--build", tree, join(root, "made.deb")],
      stdout: "null",
    }).output();
    deepStrictEqual(success, true);
    await Deno.mkdir(join(root, "into"));
    using _ = environment({ PATH: `${root}:${path}` });
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const calls = async (root: string) =>
  (await Deno.readTextFile(join(root, "calls"))).trim().split("\n");

const hasDpkg = (Deno.env.get("PATH") ?? "").split(":")
  .some((folder) => existsSync(join(folder, "dpkg-deb")));

Deno.test({
  name: "unpackDebianPackage() unpacks what apt-get downloads",
  ignore: !hasDpkg,
  fn: () =>
    withApt(async (root) => {
      const into = join(root, "into");
      await Deno.writeTextFile(join(root, "updated"), "");
      await unpackDebianPackage("tiny", into);
      deepStrictEqual(
        await Deno.readTextFile(join(into, "usr", "share", "data")),
        "content",
      );
      deepStrictEqual([...Deno.readDirSync(into)].map((e) => e.name), ["usr"]);
      deepStrictEqual(await calls(root), ["download"]);
    }),
});

Deno.test({
  name: "unpackDebianPackage() as root downloads missing package lists",
  ignore: !hasDpkg || Deno.uid() !== 0,
  fn: () =>
    withApt(async (root) => {
      await unpackDebianPackage("tiny", join(root, "into"));
      deepStrictEqual(await calls(root), ["download", "update", "download"]);
    }),
});

Deno.test({
  name: "unpackDebianPackage() reports the error of apt-get",
  ignore: !hasDpkg,
  fn: () =>
    withApt(async (root) => {
      await Deno.writeTextFile(join(root, "gone"), "");
      await rejects(
        unpackDebianPackage("tiny", join(root, "into")),
        /^Error: apt-get failed: Unable to locate package tiny$/,
      );
    }),
});

Deno.test("unpackDebianPackage() names apt-get if it is missing", async () => {
  using _ = environment({ PATH: "/nowhere" });
  await rejects(
    unpackDebianPackage("tiny", "/tmp"),
    /^Error: apt-get is missing$/,
  );
});
