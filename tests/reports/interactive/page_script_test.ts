import assert from "node:assert/strict";
import { pageScript } from "../../../lib/reports/interactive/page_script.ts";

Deno.test("pageScript() contains the licences of the packages that it bundles", async () => {
  const script = await pageScript("calibration_script.ts");
  for (const holder of ["Observable, Inc.", "Mike Bostock", "Mapbox"]) {
    assert.match(script, new RegExp(`Copyright [\\d-]+ ${holder}`));
  }
  assert.match(script, /Permission to use, copy, modify, and\/or distribute/);
});

Deno.test("pageScript() loads nothing and stays inside its element", async () => {
  const script = await pageScript("index_script.ts");
  const namespaces = /^https?:\/\/www\.w3\.org\//;
  const addresses = script.match(/https?:\/\/[^\s"'`)]+/g) ?? [];
  assert.deepEqual(addresses.filter((at) => !namespaces.test(at)), []);
  assert.doesNotMatch(script, /<\/script/);
  assert.doesNotMatch(script, /^import\b/m);
});
