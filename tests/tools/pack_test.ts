import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { unpackTar } from "modern-tar";
import { ROOT } from "../../lib/files/project_root.ts";
import { permissionsOf } from "../tasks.ts";

Deno.test("deno task pack writes the portable modules as an npm package", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = join(folder, "package.tgz");
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...permissionsOf("pack"), "tools/pack.ts", "--out", out],
      cwd: ROOT,
    }).output();
    strictEqual(code, 0, new TextDecoder().decode(stderr));
    const archive = new Blob([await Deno.readFile(out)]).stream();
    const entries = await unpackTar(
      archive.pipeThrough(new DecompressionStream("gzip")),
    );
    const files = new Map(entries.map(({ header, data }) => [
      header.name,
      new TextDecoder().decode(data),
    ]));
    const about = JSON.parse(files.get("package/package.json")!);
    strictEqual(about.name, "@ils/label-smoothing");
    ok(about.description.length > 0);
    deepStrictEqual(Object.keys(about.exports), [
      "./calibration",
      "./logits",
      "./smoothing",
      "./statistics",
    ]);
    for (const { types, import: code } of Object.values<Paths>(about.exports)) {
      ok(files.has(join("package", types)), types);
      ok(files.has(join("package", code)), code);
    }
    ok(files.has("package/README.md") && files.has("package/LICENSE"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

interface Paths {
  readonly types: string;
  readonly import: string;
}
