import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import {
  checkResultsWritable,
  resultsRoot,
  settleUserFolders,
  userPath,
} from "../../lib/files/user_folders.ts";
import { runsFolder } from "../../lib/runs/store.ts";
import { inFolder } from "../cli/program.ts";
import { environment } from "../environment.ts";

Deno.test("userPath() starts in the folder from which a task was called", () => {
  using _ = environment({ INIT_CWD: "/home/user" });
  assert.equal(userPath("a/b"), "/home/user/a/b");
  assert.equal(userPath("/a"), "/a");
});

Deno.test("userPath() leaves paths as they are in the caller's folder", () => {
  for (const INIT_CWD of [undefined, "", Deno.cwd()]) {
    using _ = environment({ INIT_CWD });
    assert.equal(userPath("a/b"), "a/b");
  }
});

Deno.test("results are in the folder results, unless ILS_RESULTS_DIR names another", () =>
  inFolder((folder) => {
    using _ = environment({ ILS_RESULTS_DIR: undefined });
    assert.equal(resultsRoot(), "results");
    assert.equal(resultsRoot("/project"), "/project/results");
    Deno.env.set("ILS_RESULTS_DIR", "");
    assert.equal(runsFolder(), "results/runs");
    Deno.env.set("ILS_RESULTS_DIR", folder);
    assert.equal(resultsRoot("/project"), folder);
    assert.equal(runsFolder("/project"), join(folder, "runs"));
    return Promise.resolve();
  }));

Deno.test("resultsRoot() refuses an ILS_RESULTS_DIR that is not a folder", () =>
  inFolder((folder) => {
    const file = join(folder, "file");
    Deno.writeTextFileSync(file, "");
    for (const path of [join(folder, "none"), file]) {
      using _ = environment({ ILS_RESULTS_DIR: path });
      assert.throws(
        () => resultsRoot(),
        new BadInput(
          "Cannot use results as ILS_RESULTS_DIR must name a folder: current " +
            `value is ${path}`,
        ),
      );
    }
    return Promise.resolve();
  }));

Deno.test("settleUserFolders() makes relative paths absolute", () => {
  using _ = environment({
    INIT_CWD: "/home/user",
    ILS_RESULTS_DIR: "results of all",
    ILS_DATA_DIR: undefined,
  });
  settleUserFolders();
  assert.equal(Deno.env.get("ILS_RESULTS_DIR"), "/home/user/results of all");
  assert.equal(Deno.env.get("ILS_DATA_DIR"), undefined);
  Deno.env.set("INIT_CWD", "");
  Deno.env.set("ILS_RESULTS_DIR", "here");
  settleUserFolders();
  assert.equal(Deno.env.get("ILS_RESULTS_DIR"), resolve("here"));
});

Deno.test("checkResultsWritable() leaves nothing in the folder", () =>
  inFolder((folder) => {
    using _ = environment({ ILS_RESULTS_DIR: folder });
    checkResultsWritable();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    return Promise.resolve();
  }));
