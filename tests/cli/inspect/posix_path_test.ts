import assert from "node:assert/strict";
import * as node from "node:path/posix";
import * as browser from "../../../lib/cli/inspect/browser/posix_path.ts";

Deno.test("names are taken from paths as by Node", () => {
  for (const path of ["a.npy", "b/a.npy", "c/b/a.npy:key", "/a.npy", "/b/a"]) {
    assert.equal(browser.basename(path), node.basename(path));
    assert.equal(browser.dirname(path), node.dirname(path));
  }
  for (const [folder, name] of [["b", "a"], [".", "a"]] as const) {
    assert.equal(browser.join(folder, name), node.join(folder, name));
  }
});
