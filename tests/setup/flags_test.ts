import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { parseSetupFlags, UsageError } from "../../tools/setup/flags.ts";
import { permissionsOf } from "../tasks.ts";

const TOOLS = fileURLToPath(new URL("../../tools/", import.meta.url));

Deno.test("parseSetupFlags() keeps the installed build unless one is named", () => {
  const plain = {
    ...{ help: false, quiet: false, variant: undefined, cluster: false },
  };
  assert.deepEqual(parseSetupFlags([]), plain);
  assert.deepEqual(parseSetupFlags(["--quiet"]), { ...plain, quiet: true });
  assert.deepEqual(parseSetupFlags(["--cluster"]), { ...plain, cluster: true });
  assert.equal(parseSetupFlags(["--cuda"]).variant, "cuda");
  assert.equal(parseSetupFlags(["--cpu"]).variant, "cpu");
});

Deno.test("parseSetupFlags() refuses both builds, and unknown and repeated flags", () => {
  for (const both of [["--cuda", "--cpu"], ["--cpu", "--cuda"]]) {
    assert.throws(
      () => parseSetupFlags(both),
      new UsageError(
        "Cannot set up with --cuda and --cpu: one build is installed at a time",
      ),
    );
  }
  assert.throws(() => parseSetupFlags(["--cuda", "--foo"]), /with --foo: all/);
  assert.throws(
    () => parseSetupFlags(["--cpu", "--quiet", "--cpu"]),
    new UsageError("Cannot set up: --cpu is given twice"),
  );
});

for (const task of ["setup", "check"]) {
  const tool = `${task}/main.ts`;
  Deno.test(`${tool} --foo exits with code 2 and prints one line`, async () => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...permissionsOf(task),
        "--no-check",
        TOOLS + tool,
        "--foo",
      ],
      env: { NO_COLOR: "1" },
    }).output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), /^[^\n]*--foo[^\n]*\n$/);
  });
}
