import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

Deno.test("ROOT is the folder of deno.json, without a trailing slash", () => {
  deepStrictEqual(ROOT.endsWith("/"), false);
  deepStrictEqual(Deno.statSync(join(ROOT, "deno.json")).isFile, true);
});
