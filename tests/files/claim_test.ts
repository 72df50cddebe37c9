import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isClaimed, tryClaim } from "../../lib/files/claim.ts";
import { inFolder } from "../cli/program.ts";
import { ended } from "../processes.ts";

const CLAIM = fileURLToPath(
  new URL("../../lib/files/claim.ts", import.meta.url),
);

/** Options of a claim of a machine that does not share locks with this one. */
const ELSEWHERE = { machine: "elsewhere", beatMs: 20 };

/** A clock of this process that only the test moves. */
function clock() {
  let time = 0;
  return {
    options: { staleMs: 1000, now: () => time },
    advance: (ms: number) => time += ms,
  };
}

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 5));
}

/** Starts a process that claims a folder, and returns once it has. */
async function claimElsewhere(folder: string) {
  const code = `import { tryClaim } from ${JSON.stringify(CLAIM)};
    const claim = tryClaim(${JSON.stringify(folder)}, ${
    JSON.stringify(ELSEWHERE)
  });
    console.log(claim !== undefined);
    claim?.lost.addEventListener("abort", () => Deno.exit(7));
    setInterval(() => {}, 1000);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-check", code],
    stdout: "piped",
  }).spawn();
  const { value } = await child.stdout.getReader().read();
  assert.equal(new TextDecoder().decode(value), "true\n");
  return child;
}

Deno.test("tryClaim() gives a folder to one of two, and to the next after the release", () =>
  inFolder((folder) => {
    const first = tryClaim(folder)!;
    assert.equal(isClaimed(folder), true);
    assert.equal(tryClaim(folder), undefined);
    first.release();
    assert.equal(isClaimed(folder), false);
    const second = tryClaim(folder)!;
    assert.deepEqual([first.isHeld(), second.isHeld()], [false, true]);
    second.release();
    assert.equal(tryClaim(join(folder, "missing")), undefined);
    return Promise.resolve();
  }));

Deno.test("a claim of another machine is respected while its heart beats", () =>
  inFolder(async (folder) => {
    const child = await claimElsewhere(folder);
    const { options, advance } = clock();
    try {
      const path = join(folder, "claim-1");
      const read = () => Deno.readTextFileSync(path);
      for (let beats = 0; beats < 5; beats++) {
        assert.equal(isClaimed(folder, options), true);
        const before = read();
        await until(() => {
          const text = read();
          // Not even for a moment, as another machine would see it on a slow disk.
          assert.notEqual(text, "");
          return text !== before;
        });
        advance(1000);
      }
      assert.equal(tryClaim(folder, options), undefined);
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  }));

Deno.test("a process killed on another machine loses its claim without a lock or a common clock", () =>
  inFolder(async (folder) => {
    const child = await claimElsewhere(folder);
    child.kill("SIGKILL");
    await child.status;
    // Its last heartbeat lies in the future of this machine's clock.
    const later = new Date(Date.now() + 3_600_000);
    await Deno.utime(join(folder, "claim-1"), later, later);
    const { options, advance } = clock();
    assert.equal(tryClaim(folder, options), undefined);
    advance(999);
    assert.equal(tryClaim(folder, options), undefined);
    advance(1);
    const claim = tryClaim(folder, options)!;
    assert.equal(claim.isHeld(), true);
    claim.release();
  }));

Deno.test("a process that was stopped learns that its claim is lost", () =>
  inFolder(async (folder) => {
    const child = await claimElsewhere(folder);
    child.kill("SIGSTOP");
    const { options, advance } = clock();
    // A beat may have been under way.
    await until(() => {
      const claimed = isClaimed(folder, options);
      advance(1000);
      return !claimed;
    });
    const claim = tryClaim(folder, options)!;
    child.kill("SIGCONT");
    assert.equal((await child.status).code, 7);
    assert.equal(claim.isHeld(), true);
    claim.release();
  }));

Deno.test("a process killed on this machine loses its claim at once", () =>
  inFolder(async (folder) => {
    const code = `import { tryClaim } from ${JSON.stringify(CLAIM)};
      console.log(tryClaim(${JSON.stringify(folder)}) !== undefined);
      setInterval(() => {}, 1000);`;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-check", code],
      stdout: "piped",
    }).spawn();
    await child.stdout.getReader().read();
    const never = { staleMs: Infinity };
    assert.equal(isClaimed(folder, never), true);
    child.kill("SIGKILL");
    await ended(child.pid);
    await until(() => !isClaimed(folder, never));
    await child.status;
  }));

Deno.test("the heart beats while its owner's thread is busy", () =>
  inFolder((folder) => {
    const claim = tryClaim(folder, { beatMs: 5 })!;
    const read = () => Deno.readTextFileSync(join(folder, "claim-1"));
    const texts = new Set<string>();
    // Blocks this thread; never ends if the heartbeat shares it.
    while (texts.size < 5) texts.add(read());
    claim.release();
    return Promise.resolve();
  }));

Deno.test("a claim is lost if its folder was removed and claimed again under the same number", () =>
  inFolder((root) => {
    const folder = join(root, "a");
    Deno.mkdirSync(folder);
    const first = tryClaim(folder)!;
    Deno.renameSync(folder, join(root, "removed"));
    Deno.mkdirSync(folder);
    const second = tryClaim(folder)!;
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), [
      "claim-1",
    ]);
    assert.deepEqual([first.isHeld(), second.isHeld()], [false, true]);
    first.release();
    assert.equal(second.isHeld(), true);
    second.release();
    return Promise.resolve();
  }));
