import assert from "node:assert/strict";
import { resamplesFor } from "../../../lib/cli/flags/resamples_for.ts";

Deno.test("resamplesFor() is 1000 up to a million scores, unless it is given", () => {
  assert.equal(resamplesFor({ resamples: undefined }, 1_000_000), 1000);
  assert.equal(resamplesFor({ resamples: undefined }, 1_000_001), 0);
  assert.equal(resamplesFor({ resamples: 0 }, 10), 0);
  assert.equal(resamplesFor({ resamples: 20 }, 1e9), 20);
});
