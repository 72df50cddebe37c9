import assert from "node:assert/strict";
import { dryRun } from "../../../lib/cli/reproduce/dry_run.ts";
import { main } from "../../../lib/cli/reproduce/reproduce.ts";
import { profileRunIds } from "../../../lib/study/profile_runs.ts";
import { profileNamed } from "../../../lib/study/profiles.ts";

Deno.test("dryRun() lists every run once, in order, and trains none", async () => {
  const profile = profileNamed("smoke");
  const root = await Deno.makeTempDir();
  try {
    const said: string[] = [];
    const say = (text: string) => said.push(text);
    const text = await dryRun([profile], { root, say });
    const ids = profileRunIds(profile);
    const listed = text.matchAll(
      /^ +\d+ {2}(\S+) {2}.*multiply-adds, /gm,
    );
    assert.deepEqual([...listed].map(([, id]) => id), ids);
    assert.match(text, /ils, epsilon 0.1, .*; taught by excerpt-lenet-ce-s1-/);
    assert.match(text, /37 runs, 37 of them to train: at most .* MB\n$/);
    assert.match(text, /lenet on excerpt: 61,706 parameters, 4.17e\+5 mult/);
    assert.deepEqual(said, [
      "Measuring a step of lenet on excerpt\n",
      "Measuring a step of shallownet on excerpt\n",
    ]);
    assert.deepEqual([...Deno.readDirSync(root)], [], "nothing is written");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

/** Keeps standard error; standard output has to stay empty. */
function recorder(said: string[]) {
  return {
    say: (text: string) => said.push(text),
    print: (text: string) => assert.fail(text),
  };
}

Deno.test("reproduce --dry-run refuses what it would not do", async () => {
  const said: string[] = [];
  const args = ["--profile", "smoke", "--dry-run", "--force"];
  assert.equal(await main(args, recorder(said)), 2);
  assert.equal(
    said.join(""),
    "--dry-run executes no notebooks: leave out --force\n",
  );
});

Deno.test("reproduce --dry-run refuses a profile without networks on images", async () => {
  const said: string[] = [];
  const args = ["--profile", "synthetic", "--dry-run"];
  assert.equal(await main(args, recorder(said)), 2);
  assert.match(said.join(""), /^--dry-run plans networks on images: synthetic/);
});
