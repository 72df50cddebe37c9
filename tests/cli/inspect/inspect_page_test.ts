import assert from "node:assert/strict";
import { inspectPage } from "../../../lib/cli/inspect/inspect_page.ts";

// Fails if the code of `ils evaluate` needs a module that a page lacks.
Deno.test("inspectPage() contains all the code that the page needs", async () => {
  const page = await inspectPage();
  assert.match(page, /connect-src 'none'/);
  assert.doesNotMatch(page, /\bfrom ?"node:|\brequire\("/);
});
