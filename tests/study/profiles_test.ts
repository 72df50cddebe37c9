import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { checkSpec } from "../../lib/runs/check_spec.ts";
import { profileRunIds, profileSpecs } from "../../lib/study/profile_runs.ts";
import { profileNamed, PROFILES } from "../../lib/study/profiles.ts";
import { runId } from "../../lib/runs/spec.ts";
import { teacherRuns } from "../../lib/runs/teacher_runs.ts";

for (const profile of Object.values(PROFILES)) {
  Deno.test(`profile ${profile.name}: every run is valid and occurs once`, () => {
    const specs = profileSpecs(profile);
    specs.forEach(checkSpec);
    const ids = profileRunIds(profile);
    assert.equal(new Set(ids).size, ids.length);
  });

  Deno.test(`profile ${profile.name}: teachers come before their students`, () => {
    const done = new Set<string>();
    for (const spec of profileSpecs(profile)) {
      for (const run of teacherRuns(spec.teacher)) {
        const teacher = runId(run);
        assert(done.has(teacher), `${teacher} is missing`);
        assert.equal(run.seed, spec.seed);
      }
      done.add(runId(spec));
    }
  });

  Deno.test(`profile ${profile.name}: three seeds of CE, LS and ILS, 18 students`, () => {
    const kinds = profileSpecs(profile).map(({ objective }) => objective.kind);
    assert.equal(kinds.filter((kind) => kind === "distillation").length, 18);
    assert.deepEqual(profile.seeds, [1, 2, 3]);
  });
}

Deno.test("profileNamed() lists the profiles if the name is unknown", () => {
  assert.equal(profileNamed("quick"), PROFILES.quick);
  assert.throws(
    () => profileNamed("toString"),
    new BadInput(
      `Profile must be one of ${Object.keys(PROFILES).join(", ")}: ` +
        "current value is toString",
    ),
  );
});
