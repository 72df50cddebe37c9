import assert from "node:assert/strict";
import { join } from "node:path";
import { servePage } from "../../../lib/cli/inspect/serve_page.ts";
import { ROOT } from "../../../lib/files/project_root.ts";
import { permissionsOf } from "../../tasks.ts";

const PAGE = "<!DOCTYPE html><title>Grüße</title>";

/** Calls a function with the address of a served page. */
async function served(use: (address: string, port: number) => Promise<void>) {
  const stop = new AbortController();
  const { address, port, finished } = servePage(PAGE, { signal: stop.signal });
  try {
    await use(address, port);
  } finally {
    stop.abort();
    await finished;
  }
}

Deno.test("servePage() serves the page with strict headers, and nothing else", () =>
  served(async (address) => {
    const response = await fetch(address);
    assert.equal(await response.text(), PAGE);
    const header = (name: string) => response.headers.get(name);
    assert.equal(header("content-type"), "text/html; charset=utf-8");
    assert.equal(header("content-security-policy"), "frame-ancestors 'none'");
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.equal(header("cache-control"), "no-store");
    const other = await fetch(`${address}deno.json`);
    assert.equal(other.status, 404);
    await other.body?.cancel();
    const head = await fetch(address, { method: "HEAD" });
    assert.equal(head.status, 200);
    const post = await fetch(address, { method: "POST", body: "x" });
    assert.equal(post.status, 405);
    await post.body?.cancel();
  }));

Deno.test("servePage() listens at the loopback address only", () =>
  served((address, port) => {
    assert.equal(address, `http://127.0.0.1:${port}/`);
    return Promise.resolve();
  }));

Deno.test("servePage() refuses a port that is in use", () =>
  served((_, port) => {
    assert.throws(() => servePage(PAGE, { port }), {
      name: "BadInput",
      message:
        `--port must be a free port: ${port} is not, another program uses it`,
    });
    return Promise.resolve();
  }));

/** Runs `deno task inspect` with its permissions. */
async function inspect(...args: readonly string[]) {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...permissionsOf("inspect"), "tools/inspect.ts", ...args],
    cwd: ROOT,
  }).output();
  return [code, new TextDecoder().decode(stderr)];
}

Deno.test("deno task inspect refuses wrong ports in one line", async () => {
  assert.deepEqual(await inspect("--port", "8000"), [
    2,
    "--port needs --serve\n",
  ]);
  assert.deepEqual(await inspect("--serve", "--port", "70000"), [
    2,
    "--port must be at most 65535: current value is 70000\n",
  ]);
});

Deno.test("deno task inspect --serve serves the page with the permissions of its task", async () => {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", ...permissionsOf("inspect")],
      ...[join(ROOT, "tools", "inspect.ts"), "--serve"],
    ],
    cwd: ROOT,
    stderr: "piped",
  }).spawn();
  try {
    let text = "";
    for await (
      const part of child.stderr.pipeThrough(new TextDecoderStream())
    ) {
      text += part;
      if (/ssh -L.*\n/.test(text)) break;
    }
    const [address] = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)!;
    const page = await (await fetch(address)).text();
    assert.match(page, /<title>Inspect calibration<\/title>/);
  } finally {
    child.kill("SIGINT");
    await child.status;
  }
});
