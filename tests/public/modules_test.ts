/** The public modules, as exported by `deno.json`. */
import { deepStrictEqual, ok } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { isFile } from "../../lib/files/folders.ts";
import {
  modulesBehind,
  packageConfig,
  PORTABLE,
} from "../../tools/package_modules.ts";

const { exports } = await packageConfig();

/** Folders whose mod.ts is only for notebooks. */
const FOR_NOTEBOOKS = ["plots", "reports", "study", "synthetic"];

Deno.test("every public module is exported under its folder's name", () => {
  const modules = [...Deno.readDirSync(join(ROOT, "lib"))]
    .filter(({ name, isDirectory }) =>
      isDirectory && !FOR_NOTEBOOKS.includes(name)
    )
    .filter(({ name }) => isFile(join(ROOT, "lib", name, "mod.ts")))
    .map(({ name }) => [`./${name}`, `./lib/${name}/mod.ts`]);
  deepStrictEqual(Object.fromEntries(modules.sort()), exports);
});

for (const name of PORTABLE) {
  Deno.test(`${name} depends on no other package and no Node module`, async () => {
    const modules = await modulesBehind([exports[`./${name}`]]);
    ok(modules.length > 1);
    deepStrictEqual(modules.filter((path) => !path.startsWith("lib/")), []);
  });
}
