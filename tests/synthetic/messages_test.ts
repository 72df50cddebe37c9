import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { parseMessage } from "../../lib/files/read_json.ts";
import { answerSchema, TASK } from "../../lib/synthetic/messages.ts";
import { EXPERIMENTS, syntheticSpec } from "../../lib/synthetic/spec.ts";
import { recordOf } from "./records.ts";

const WORKER = fileURLToPath(
  new URL("../../lib/synthetic/worker.ts", import.meta.url),
);

const SPEC = syntheticSpec({
  methods: ["ce", "ils2"],
  teacher: {
    method: { name: "ls", epsilon: 0.1 },
    networks: { kind: "folds", folds: 5, repeats: 2 },
    generations: 1,
  },
});

Deno.test("tasks and answers of every experiment survive serialisation", () => {
  for (const experiment of EXPERIMENTS) {
    const spec = syntheticSpec({ experiment });
    for (const task of [{ spec, dataset: 3 }, { spec: SPEC, dataset: 0 }]) {
      const sent = JSON.stringify(task);
      assert.deepEqual(parseMessage(sent, TASK, "A task"), task);
    }
    const schema = answerSchema({ spec, dataset: 3 });
    for (
      const answer of [
        recordOf(experiment, 3),
        { dataset: 3, error: "No memory" },
      ]
    ) {
      const sent = JSON.stringify(answer);
      assert.deepEqual(parseMessage(sent, schema, "A worker"), answer);
    }
  }
});

Deno.test("answerSchema() names what is wrong with an answer", () => {
  const schema = answerSchema({ spec: syntheticSpec(), dataset: 3 });
  const { result } = recordOf("table-v", 3);
  const cases: [answer: unknown, fault: string][] = [
    [[], "it must be an object: found a list"],
    [{ dataset: 3, error: 5 }, "error must be text: found 5"],
    [
      { dataset: 3, seconds: 1, result: { ...result, rows: [{}] } },
      'result.rows[0].method is missing: it must be one of "bayes", "ce", ' +
      '"ls", "ls-0.2", "ils1", "ils2", "ilsq", "student-of-bayes", ' +
      '"student-of-ce", "student-of-ls", "student-of-ilsq"',
    ],
  ];
  for (const [answer, fault] of cases) {
    assert.throws(
      () => parseMessage(JSON.stringify(answer), schema, "A worker"),
      { name: "Error", message: `A worker: ${fault}` },
    );
  }
});

Deno.test("a worker that receives an invalid task ends with a one-line reason", async () => {
  const task = { spec: SPEC, dataset: 0 };
  const cases: [line: string, fault: string][] = [
    ["{", "it is cut short"],
    [
      JSON.stringify({ ...task, spec: { ...SPEC, seed: "1" } }),
      'spec.seed must be a number: found "1"',
    ],
    [JSON.stringify({ ...task, later: 1 }), "later is not allowed: found 1"],
  ];
  for (const [line, fault] of cases) {
    assert.throws(() => parseMessage(line, TASK, "A task"), {
      message: `A task: ${fault}`,
    });
  }
  const worker = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--no-check", WORKER],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = worker.stdin.getWriter();
  await writer.write(new TextEncoder().encode("{\n"));
  await writer.close();
  const { code, stdout, stderr } = await worker.output();
  assert.equal(code, 1);
  assert.equal(stdout.length, 0);
  assert.match(
    new TextDecoder().decode(stderr),
    /A task of the synthetic study: it is cut short/,
  );
});
