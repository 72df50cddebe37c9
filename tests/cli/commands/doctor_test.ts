import assert from "node:assert/strict";
import type { Finding } from "../../../lib/cli/commands/doctor/check.ts";
import { runCheck } from "../../../lib/cli/commands/doctor/check.ts";
import { findings } from "../../../lib/cli/commands/doctor/checks.ts";
import { ils, inFolder } from "../program.ts";

Deno.test("ils doctor finds a working machine and prints a line per check", async () => {
  await inFolder(async (cwd) => {
    const { code, stdout, stderr } = await ils(["doctor", "--json"], { cwd });
    assert.equal(code, 0, stderr);
    const { works, findings } = JSON.parse(stdout);
    assert.equal(works, true);
    const named = new Map<string, Finding>(
      findings.map((finding: Finding) => [finding.name, finding]),
    );
    assert.match(
      named.get("engine")!.detail,
      /^TensorFlow 2\.\d+\.\d+ through/,
    );
    assert.match(named.get("training step")!.detail, /^\d+ ms for shallownet/);
    assert.match(named.get("data excerpt")!.detail, /^complete, in /);
    for (const { name, works, detail } of named.values()) {
      if (!name.startsWith("data ") || works) continue;
      const dataset = name.slice("data ".length);
      assert.equal(
        detail,
        `not downloaded; \`deno task ils data --dataset ${dataset}\` downloads it`,
      );
    }
    assert.match(named.get("disk")!.detail, /^\d+\.\d GB are free$/);
    assert.equal(stderr.trim().split("\n").length, findings.length);
  });
});

Deno.test("ils doctor exits with 1 and names what does not work", async () => {
  await inFolder(async (cwd) => {
    const env = { ILS_DATA_DIR: "/nowhere" };
    const { code, stdout, stderr } = await ils(["doctor"], { cwd, env });
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /^!! {2}data cifar10 .*ILS_DATA_DIR must name a fold/m,
    );
    assert.match(stderr, /Not working: data fashionmnist, data cifar10/);
  });
});

Deno.test("findings() reports the kernel and runner as missing without an environment", async () => {
  await inFolder(async (root) => {
    const found = await Array.fromAsync(findings(root));
    const broken = found.filter(({ works }) => works === false);
    assert.deepEqual(
      broken.map(({ name }) => name),
      ["notebook kernel", "notebook runner"],
    );
  });
});

Deno.test("findings() warns about an untested Deno and sends macOS to the container", async () => {
  await inFolder(async (root) => {
    const build = { os: "darwin", arch: "aarch64" } as const;
    const [system, deno] = await Array.fromAsync(
      findings(root, { deno: "2.0.0", build }),
    );
    assert.equal(system.works, false);
    assert.match(system.detail, /on macOS aarch64 use the container/);
    assert.equal(deno.works, null);
    assert.match(deno.detail, /^Deno 2\.0\.0 is untested/);
  });
});

Deno.test("runCheck() turns an error into a finding of one line", async () => {
  const failing = () => Promise.reject(new Error("no\n  such thing"));
  assert.deepEqual(await runCheck("a thing", failing), {
    name: "a thing",
    works: false,
    detail: "no such thing",
  });
});
