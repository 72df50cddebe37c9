/** The public modules, as exported by `deno.json`. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { PORTABLE } from "../../tools/package_modules.ts";

const { exports }: { exports: Record<string, string> } = JSON.parse(
  Deno.readTextFileSync(join(ROOT, "deno.json")),
);

/** Folders whose mod.ts is only for notebooks. */
const FOR_NOTEBOOKS = ["plots", "reports", "study", "synthetic"];

Deno.test("every public module is exported under its folder's name", () => {
  const modules = [...Deno.readDirSync(join(ROOT, "lib"))]
    .filter(({ name, isDirectory }) =>
      isDirectory && !FOR_NOTEBOOKS.includes(name)
    )
    .filter(({ name }) => {
      try {
        return Deno.statSync(join(ROOT, "lib", name, "mod.ts")).isFile;
      } catch {
        return false;
      }
    })
    .map(({ name }) => [`./${name}`, `./lib/${name}/mod.ts`]);
  deepStrictEqual(Object.fromEntries(modules.sort()), exports);
});

for (const name of PORTABLE) {
  Deno.test(`${name} depends on no other package and no Node module`, async () => {
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", exports[`./${name}`]],
      cwd: ROOT,
    }).output();
    ok(code === 0);
    const { modules }: { modules: { specifier: string }[] } = JSON.parse(
      new TextDecoder().decode(stdout),
    );
    ok(modules.length > 1);
    deepStrictEqual(
      modules.filter(({ specifier }) => !specifier.startsWith("file:")),
      [],
    );
  });
}
