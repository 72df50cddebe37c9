/** Kills commands a few times; `deno task chaos` does so many times. */
import assert from "node:assert/strict";
import { stream } from "../../lib/random.ts";
import { chaos } from "../../tools/chaos/chaos.ts";
import { differences, withoutTimes } from "../../tools/chaos/compare.ts";
import { type Subject, SUBJECTS } from "../../tools/chaos/subjects.ts";
import { inFolder } from "../cli/program.ts";

/** Processes are found in `/proc`. */
const linux = { ignore: Deno.build.os !== "linux" };

for (const subject of SUBJECTS.filter(({ name }) => name !== "reproduce")) {
  Deno.test(
    `${subject.name} gives the same bytes after two kills, and leaves nothing`,
    linux,
    () =>
      inFolder(async (folder) => {
        const random = stream(1, subject.name);
        const log = () => {};
        const options = { folder, kills: 2, random, log };
        const { kills, faults } = await chaos(subject, options);
        assert.deepEqual(faults, []);
        assert.equal(kills.length, 2);
      }),
  );
}

/** Kills at the end of the time, once. */
const ONCE = {
  kills: 1,
  random: { ...stream(1, ""), uniform: () => 1, integer: () => 0 },
  log: () => {},
};

/**
 * A program in the shell that writes `results/out`, and only ends at its first start
 * if that is to be compared with.
 */
function shellSubject(before: string, after: string): Subject {
  const script = `${before}
    case $PWD in
      */whole) sleep 0.5 ;;
      *) [ -e again ] || { > again; while :; do :; done; } ;;
    esac
    ${after}; echo done > results/out`;
  return {
    name: "shell",
    results: "results",
    prepare: () => Promise.resolve(),
    command: () => Promise.resolve(["sh", "-c", script]),
    environment: () => ({}),
  };
}

Deno.test(
  "chaos() reports a file that a killed program leaves behind",
  linux,
  () =>
    inFolder(async (folder) => {
      const subject = shellSubject("> results/lock.$$", "rm results/lock.$$");
      const { faults } = await chaos(subject, { ...ONCE, folder });
      assert.equal(faults.length, 1);
      assert.match(faults[0], /^shell 1: lock\.\d+ is left over$/);
      assert.deepEqual(
        Array.from(Deno.readDirSync(folder), ({ name }) => name).sort(),
        ["broken-0", "start", "whole"],
      );
    }),
);

Deno.test(
  "chaos() reports a process that outlives a killed program, and ends it",
  linux,
  () =>
    inFolder(async (folder) => {
      const subject = shellSubject(
        "setsid sleep 600 & child=$!",
        "kill $child",
      );
      const { faults } = await chaos(subject, { ...ONCE, folder, endMs: 200 });
      assert.deepEqual(faults, ["shell 1: SIGKILL: 1 processes were left"]);
    }),
);

Deno.test("differences() names files that are missing, left over or different", () => {
  assert.deepEqual(
    differences(
      new Map([["a", "1"], ["b", "2"], ["c", "3"]]),
      new Map([["b", "2"], ["c", "4"], ["d", "5"]]),
    ),
    ["a is left over", "c differs", "d is missing"],
  );
});

Deno.test("withoutTimes() leaves out times, and nothing else", () => {
  const record = {
    id: "a",
    seconds: 1.5,
    epochs: [{ startedAt: "x", loss: 2 }],
  };
  assert.equal(
    withoutTimes(JSON.stringify(record), "run.json"),
    '{"id":"a","epochs":[{"loss":2}]}',
  );
  assert.equal(
    withoutTimes('{"epoch":1,"seconds":2}\n{"epoch":2}\n', "history.jsonl"),
    '{"epoch":1},{"epoch":2}',
  );
  assert.equal(
    withoutTimes("epoch,seconds,loss\n1,0.5,2\n", "history.csv"),
    "epoch,loss\n1,2",
  );
  assert.equal(
    withoutTimes("what,seconds\na,1\n", "b.csv"),
    "what,seconds\na,1\n",
  );
  assert.equal(
    withoutTimes("<p>9 rows in 3 min 20 s, 2026-11-28T10:00:00Z</p>", "a.html"),
    "<p>9 rows in TIME, TIME</p>",
  );
  // Pages show the time of a cell only if it is at least a second.
  assert.equal(
    withoutTimes("Code 1 <small>1.0 s</small></summary>", "a.html"),
    withoutTimes("Code 1</summary>", "a.html"),
  );
});
