import { deepStrictEqual, throws } from "node:assert/strict";
import { parseStatus } from "../../lib/cost/process_memory.ts";

Deno.test("parseStatus() reads resident and peak memory in bytes", () => {
  const status = "Name:\tdeno\nVmHWM:\t    2000 kB\nVmRSS:\t    1000 kB\n";
  deepStrictEqual(parseStatus(status), {
    resident: 1_024_000,
    peak: 2_048_000,
  });
  throws(() => parseStatus("Name:\tdeno\nState:\tZ (zombie)\n"), {
    message: "A process status has no VmRSS",
  });
});
