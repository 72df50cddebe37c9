import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dryRun } from "../../../lib/cli/reproduce/dry_run.ts";
import { main } from "../../../lib/cli/reproduce/reproduce.ts";
import { profileRunIds } from "../../../lib/study/profile_runs.ts";
import { profileNamed } from "../../../lib/study/profiles.ts";
import { permissionsOf } from "../../tasks.ts";

Deno.test("dryRun() lists every run once, in order, and trains none", async () => {
  const profile = profileNamed("smoke");
  const root = await Deno.makeTempDir();
  try {
    const lines: string[] = [];
    const log = (text: string) => lines.push(text);
    const text = await dryRun([profile], { root, log });
    const ids = profileRunIds(profile);
    const listed = text.matchAll(
      /^ +\d+ {2}(\S+) {2}.*multiply-adds, /gm,
    );
    assert.deepEqual([...listed].map(([, id]) => id), ids);
    assert.match(text, /ils, epsilon 0.1, .*; teacher excerpt-lenet-ce-s1-/);
    assert.match(text, /37 runs, 37 to train: at most .* MB\n$/);
    assert.match(text, /lenet on excerpt: 61,706 parameters, 4.17e\+5 mult/);
    assert.deepEqual(lines, [
      "Measuring a step of lenet on excerpt\n",
      "Measuring a step of shallownet on excerpt\n",
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
  assert.match(text, /37 runs, \d+ to train/);
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
