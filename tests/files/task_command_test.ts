import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { taskCommand } from "../../lib/files/task_command.ts";
import { permissionsOf } from "../tasks.ts";

Deno.test("taskCommand() has the permissions of the task and runs in any folder", async () => {
  const words = await taskCommand("reproduce");
  const config = join(ROOT, "deno.json");
  assert.deepEqual(words, [
    ...[Deno.execPath(), "run", "-c", config, ...permissionsOf("reproduce")],
    join(ROOT, "lib/cli/reproduce/reproduce.ts"),
  ]);
});
