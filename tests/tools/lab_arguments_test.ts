import assert from "node:assert/strict";
import { labArguments } from "../../tools/lab_arguments.ts";

const LOOPBACK = "--ServerApp.ip=127.0.0.1";

Deno.test("JupyterLab listens on this machine only, with its token", () => {
  const args = labArguments([], false);
  assert(args.includes(LOOPBACK));
  assert(!args.some((arg) => /token|password|allow_origin|xsrf/i.test(arg)));
  assert(!args.includes("--allow-root"));
  assert(labArguments([], true).includes("--allow-root"));
});

Deno.test("another address is only used if the user names it", () => {
  assert(labArguments(["--port=9999"], false).includes(LOOPBACK));
  for (const own of ["--ip=0.0.0.0", "--ServerApp.ip=0.0.0.0", "--ip"]) {
    const args = labArguments([own], false);
    assert(!args.includes(LOOPBACK));
    assert.equal(args.at(-1), own);
  }
});
