import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dryRun } from "../../../lib/cli/reproduce/dry_run.ts";
import { main } from "../../../lib/cli/reproduce/reproduce.ts";
import { networkPlans } from "../../../lib/cli/reproduce/profile_plan.ts";
import { runId } from "../../../lib/runs/spec.ts";
import { planSpecs } from "../../../lib/study/profile_runs.ts";
import { provisionalPlans } from "../../../lib/study/tuning.ts";
import { permissionsOf } from "../../tasks.ts";

Deno.test("dryRun() lists every run once, in order, and trains none", async () => {
  const plans = networkPlans("smoke");
  const profile = { name: "smoke", summary: "everything", plans };
  const root = await Deno.makeTempDir();
  try {
    const lines: string[] = [];
    const log = (text: string) => lines.push(text);
    const text = await dryRun([profile], { root, log });
    const ids = planSpecs(provisionalPlans(plans)).map(runId);
    const listed = text.matchAll(
      /^ +\d+ {2}(\S+) {2}.*multiply-adds, /gm,
    );
    assert.deepEqual([...listed].map(([, id]) => id), ids);
    assert.match(text, /ils, epsilon 0.05, .*; teacher excerpt-lenet-ce-s1-/);
    assert.match(
      text,
      new RegExp(
        `${ids.length} runs, ${ids.length} to train: at most .* MB\n$`,
      ),
    );
    assert.match(text, /first candidate is listed for the chosen one/);
    assert.match(text, /lenet on excerpt: 61,706 parameters, 4.17e\+5 mult/);
    assert.deepEqual(lines, [
      "Measuring a step of lenet on excerpt\n",
      "Measuring a step of mlp on excerpt\n",
    ]);
    assert.deepEqual([...Deno.readDirSync(root)], [], "nothing is written");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("reproduce --dry-run has the permissions that it needs", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", ...permissionsOf("reproduce")],
      "lib/cli/reproduce/reproduce.ts",
      ...["--profile", "smoke", "--dry-run"],
    ],
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
  }).output();
  const [text, error] = [stdout, stderr]
    .map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, error);
  assert.match(text, /224 runs, \d+ to train/);
});

/** Collects standard error; standard output must stay empty. */
function recorder(lines: string[]) {
  return {
    log: (text: string) => lines.push(text),
    print: (text: string) => assert.fail(text),
  };
}

Deno.test("reproduce --dry-run refuses flags that it does not use", async () => {
  const lines: string[] = [];
  const args = ["--profile", "smoke", "--dry-run", "--force"];
  assert.equal(await main(args, recorder(lines)), 2);
  assert.equal(
    lines.join(""),
    "--dry-run executes no notebooks: leave out --force\n",
  );
});

Deno.test("reproduce --dry-run refuses a profile without networks on images", async () => {
  const lines: string[] = [];
  const args = ["--profile", "synthetic", "--dry-run"];
  assert.equal(await main(args, recorder(lines)), 2);
  assert.match(
    lines.join(""),
    /^--dry-run lists networks on images: profile synthetic trains none/,
  );
});
