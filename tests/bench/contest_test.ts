/** The protocol of the programs that train, with programs that train nothing. */
import { deepStrictEqual, rejects, throws } from "node:assert/strict";
import { dirname, join } from "node:path";
import { z } from "zod";
import { holdContest } from "../../bench/support/contest.ts";
import { networkTask } from "../../bench/support/networks.ts";
import { startPeer } from "../../bench/support/peer_process.ts";
import { STEP_ANSWER } from "../../bench/support/tasks.ts";
import { median } from "../../lib/statistics/summary.ts";

/** Calls a function with a program that answers each question with these lines. */
async function withFakePython(
  answer: string,
  use: (python: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const python = join(folder, "python");
    const script = `#!/bin/sh\necho '"1.2"'\n` +
      `while read -r question; do echo "$question" >> ${folder}/questions\n` +
      `${answer}\ndone\n`;
    await Deno.writeTextFile(python, script, { mode: 0o755 });
    await use(python);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function contest(python: string | undefined, processes = 1) {
  return holdContest({
    what: { work: "training step", unit: "ms" },
    tasks: [networkTask("lenet")],
    rounds: 2,
    processes,
    script: new URL("./fake_program.ts", import.meta.url),
    file: "training_peer.py",
    python,
    threads: 1,
    none: { seconds: 0 },
    schema: STEP_ANSWER,
    measure: async (asks) => {
      const answers = await Promise.all(asks.map((ask) => ask({ seconds: 1 })));
      return Math.max(...answers.map(({ times }) => median(times)));
    },
  });
}

Deno.test("holdContest() compares our program with the first of equal variants", async () => {
  const answer = `echo '{"parameters": 5, "times": [7, 8, 1]}'`;
  await withFakePython(answer, async (python) => {
    deepStrictEqual(await contest(python), [{
      work: "training step",
      size: "lenet, batch 128",
      unit: "ms",
      ours: 4,
      peer: 7,
      peerName: "PyTorch NCHW",
      ratio: 7 / 4,
      low: 7 / 4,
      high: 7 / 4,
    }]);
  });
});

Deno.test("holdContest() asks each variant to build, and then once per round", async () => {
  const answer = `echo '{"parameters": 5, "times": [1, 1, 1]}'`;
  await withFakePython(answer, async (python) => {
    await contest(python);
    const questions = await Deno.readTextFile(
      join(dirname(python), "questions"),
    );
    const asked = questions.trim().split("\n").map((line) => JSON.parse(line));
    const network = { network: "lenet", batch: 128, shape: [28, 28, 1] };
    const variants = [false, true].flatMap((compiled) =>
      [false, true].map((channelsLast) => ({ channelsLast, compiled }))
    );
    const all = (seconds: number) =>
      variants.map((variant) => ({ ...network, ...variant, seconds }));
    deepStrictEqual(asked, [...all(0), ...all(1), ...all(1)]);
  });
});

Deno.test("holdContest() without Python measures only our program, in all processes", async () => {
  const [{ ours, peer, peerName }] = await contest(undefined, 2);
  deepStrictEqual([ours, peer, peerName], [4, null, null]);
});

Deno.test("holdContest() refuses a peer whose network has other weights", async () => {
  const answer = `echo '{"parameters": 6, "times": []}'`;
  await withFakePython(answer, async (python) => {
    await rejects(contest(python), {
      message:
        "Cannot compare lenet, batch 128: it has 5 weights here and 6 in " +
        "PyTorch",
    });
  });
});

Deno.test("holdContest() refuses an answer of another form", async () => {
  await withFakePython(`echo '{"parameters": "5"}'`, async (python) => {
    await rejects(contest(python), /python: .*parameters/);
  });
});

Deno.test("holdContest() reports a peer that ends", async () => {
  await withFakePython("exit 3", async (python) => {
    await rejects(contest(python), /python ended with exit code 3 instead of/);
  });
});

Deno.test("startPeer() refuses a program that does not exist", () => {
  throws(() => startPeer("/missing/python", []), {
    name: "BadInput",
    message: "Cannot start /missing/python: there is no such program",
  });
});

Deno.test("a peer answers questions in order and ends when it is closed", async () => {
  const peer = startPeer("sh", ["-c", "cat"]);
  deepStrictEqual(
    [await peer.ask(z.number(), 1), await peer.ask(z.number(), 2)],
    [1, 2],
  );
  await peer.close();
  await rejects(peer.ask(z.number()), /sh ended with exit code 0 instead of/);
});
