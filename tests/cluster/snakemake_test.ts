import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../lib/bad_input.ts";
import { checkSnakemake } from "../../lib/cli/cluster/run_plan.ts";
import { jobPrefix } from "../../lib/cluster/leftovers.ts";
import { inFolder } from "../cli/program.ts";

const SCRIPT = fileURLToPath(
  new URL("../../cluster/snakemake.sh", import.meta.url),
);

/** A program that runs until SIGINT, and then ends with code 7. */
const UNTIL_SIGINT =
  "trap 'exit 7' INT; echo started; while :; do sleep 0.05; done";

Deno.test("without Snakemake, a cluster is refused in one line", () =>
  inFolder((folder) => {
    assert.throws(
      () => checkSnakemake("slurm", folder),
      new BadInput(
        "--executor slurm needs Snakemake, which is not installed: run deno " +
          "task setup --cluster",
      ),
    );
    return Promise.resolve();
  }));

Deno.test("the command of snakemake.sh gets SIGINT when standard input ends", async () => {
  const child = new Deno.Command("sh", {
    args: [SCRIPT, "sh", "-c", UNTIL_SIGINT],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await child.stdin.close();
  assert.equal((await child.status).code, 7);
  await reader.cancel();
});

Deno.test("snakemake.sh passes arguments and the exit code on", async () => {
  const child = new Deno.Command("sh", {
    args: [SCRIPT, "sh", "-c", 'echo "$1"; exit 3', "sh", "two words"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const { code, stdout } = await child.output();
  assert.equal(code, 3);
  assert.equal(new TextDecoder().decode(stdout), "two words\n");
});

Deno.test("jobPrefix() is a name for Slurm, and differs between plans", () => {
  const [one, other] = ["/a/plans/x.json", "/b/plans/x.json"].map(jobPrefix);
  assert.match(one, /^[\w-]{1,50}$/);
  assert.notEqual(one, other);
});
