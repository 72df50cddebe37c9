import assert from "node:assert/strict";
import { PLANNED_PROFILES } from "../../lib/cli/reproduce/profile_plan.ts";
import { profileName } from "../../notebooks/profile_name.ts";
import { permissionsOf } from "../tasks.ts";

Deno.test("profileName() accepts the profiles of reproduce and defaults to quick", () => {
  for (const name of PLANNED_PROFILES.keys()) {
    assert.equal(profileName(name), name);
  }
  assert.equal(profileName(undefined), "quick");
  assert.equal(profileName(""), "quick");
});

Deno.test("profileName() refuses another name in one line", () => {
  assert.throws(() => profileName("nonsense"), (error) => {
    assert(error instanceof Error);
    assert.match(
      error.message,
      /^ILS_PROFILE must be one of smoke, .*, synthetic.*: current value is nonsense$/,
    );
    assert.equal(error.stack, `BadInput: ${error.message}`);
    return true;
  });
});

Deno.test("deno task lab refuses another name in one line, before it starts", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissionsOf("lab"), "tools/lab.ts"],
    env: { ILS_PROFILE: "nonsense" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assert.match(
    text.decode(stderr),
    /^ILS_PROFILE must be one of smoke, .*: current value is nonsense\n$/,
  );
  assert.equal(text.decode(stdout), "");
  assert.equal(code, 2);
});
