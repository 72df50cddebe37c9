import * as assert from "node:assert/strict";
import { join } from "node:path";
import { z } from "zod";
import { BadInput } from "../../lib/bad_input.ts";
import {
  parseJson,
  parseJsonLines,
  parseMessage,
  readJson,
  readJsonIfPresent,
} from "../../lib/files/read_json.ts";
import { schemaOf } from "../../lib/files/record_schema.ts";

const SCHEMA = z.object({
  id: z.string().min(2),
  test: z.object({ logLoss: z.number() }),
  epochs: z.int().min(1),
  rate: z.number().positive().optional(),
  kind: z.enum(["cpu", "gpu"]),
  sizes: z.array(z.number()).length(2),
  byName: z.record(z.string(), z.boolean()).optional(),
  objective: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("targets"), epsilon: z.number() }),
    z.object({ kind: z.literal("loss") }),
  ]),
  source: z.union([z.string(), z.array(z.string())]),
  exact: z.strictObject({ a: z.null() }).optional(),
});

const SOUND = {
  id: "ab12",
  test: { logLoss: 0.5 },
  epochs: 3,
  kind: "cpu",
  sizes: [28, 28],
  objective: { kind: "targets", epsilon: 0.1 },
  source: ["a", "b"],
};

Deno.test("parseJson() names the key, the rule and the value", () => {
  const cases: [change: Record<string, unknown>, fault: string][] = [
    [{ id: 5 }, "id must be text: found 5"],
    [{ id: "a" }, 'id must have at least 2 characters: found "a"'],
    [{ id: undefined }, "id is missing: it must be text"],
    [{ test: { logLoss: "x" } }, 'test.logLoss must be a number: found "x"'],
    [{ test: { logLoss: null } }, "test.logLoss must be a number: found null"],
    [{ test: {} }, "test.logLoss is missing: it must be a number"],
    [{ test: [1] }, "test must be an object: found a list"],
    [{ epochs: 1.5 }, "epochs must be a whole number: found 1.5"],
    [{ epochs: 0 }, "epochs must be at least 1: found 0"],
    [{ rate: 0 }, "rate must be above 0: found 0"],
    [{ kind: "tpu" }, 'kind must be one of "cpu", "gpu": found "tpu"'],
    [{ sizes: [1] }, "sizes must have 2 entries: found a list"],
    [{ sizes: [1, "b"] }, 'sizes[1] must be a number: found "b"'],
    [{ sizes: {} }, "sizes must be a list: found an object"],
    [
      { byName: { "a b": 1 } },
      'byName["a b"] must be true or false: found 1',
    ],
    [
      { objective: { kind: "other" } },
      'objective.kind must be one of "targets", "loss": found "other"',
    ],
    [
      { objective: { kind: "targets" } },
      "objective.epsilon is missing: it must be a number",
    ],
    [{ source: 5 }, "source must be text or a list: found 5"],
    [{ source: ["a", 5] }, "source[1] must be text: found 5"],
    [{ exact: { a: null, b: 1 } }, "exact.b is not allowed: found 1"],
    [{ exact: { a: 1 } }, "exact.a must be null: found 1"],
    [
      { kind: "a long\nname".repeat(9) },
      'kind must be one of "cpu", "gpu": ' +
      'found "a long\\nnamea long\\nnamea long\\nnamea lo…"',
    ],
  ];
  for (const [change, fault] of cases) {
    const text = JSON.stringify({ ...SOUND, ...change });
    assert.throws(() => parseJson(text, SCHEMA, "runs/ab12/run.json"), {
      name: "BadInput",
      message: `runs/ab12/run.json: ${fault}`,
    });
  }
  assert.deepEqual(parseJson(JSON.stringify(SOUND), SCHEMA, "it"), SOUND);
});

/** Damaged files and their messages. */
const DAMAGE: [text: string, fault: string][] = [
  ["", "it is empty"],
  [" \n", "it is empty"],
  ['{"id": "ab', "it is cut short"],
  ['{"id": "ab"', "it is cut short"],
  ['{"id":\n  1 no}', "it is not JSON at line 2 column 5"],
  ["<html>", "it is not JSON"],
  ["null", "it must be an object: found null"],
  ["3", "it must be an object: found 3"],
  ["[]", "it must be an object: found a list"],
  ["{}", "id is missing: it must be text"],
];

Deno.test("readJson() names the file in one line for every fault", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "run.json");
    await assert.rejects(readJson(path, SCHEMA), {
      name: "BadInput",
      message: `Cannot read ${path}: there is no such file`,
    });
    assert.equal(await readJsonIfPresent(path, SCHEMA), undefined);
    await assert.rejects(readJson(folder, SCHEMA), {
      message: `Cannot read ${folder}: it is a folder`,
    });
    for (const [text, fault] of DAMAGE) {
      await Deno.writeTextFile(path, text);
      for (const read of [readJson, readJsonIfPresent]) {
        await assert.rejects(read(path, SCHEMA), {
          name: "BadInput",
          message: new RegExp(`^${RegExp.escape(path)}: ${fault}[^\n]*$`),
        });
      }
    }
    await Deno.writeTextFile(path, JSON.stringify(SOUND));
    assert.deepEqual(await readJson(path, SCHEMA), SOUND);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("parseJsonLines() names the line", () => {
  const schema = z.object({ epoch: z.int() });
  const parse = (text: string) => parseJsonLines(text, schema, "a.jsonl");
  assert.deepEqual(parse('{"epoch":1}\n{"epoch":2}\n\n'), [
    { epoch: 1 },
    { epoch: 2 },
  ]);
  assert.throws(() => parse('{"epoch":1}\n\n{"epoch":"b"}\n'), {
    message: 'a.jsonl line 3: epoch must be a number: found "b"',
  });
  assert.throws(() => parse('{"epoch":1}\n{"epo'), {
    message: "a.jsonl line 2: it is cut short",
  });
});

Deno.test("parseMessage() does not throw BadInput", () => {
  const thrown = (() => {
    try {
      parseMessage("{}", SCHEMA, "The worker");
    } catch (error) {
      return error as Error;
    }
  })();
  assert.equal(thrown?.message, "The worker: id is missing: it must be text");
  assert.ok(!(thrown instanceof BadInput));
});

Deno.test("parseJson() refuses values that are nested too deeply", () => {
  const nested: z.ZodType = z.lazy(() => z.array(nested));
  const text = "[".repeat(1e5) + "]".repeat(1e5);
  assert.throws(() => parseJson(text, nested, "run.json"), {
    name: "BadInput",
    message: "run.json: it is nested too deeply",
  });
});

Deno.test("schemaOf() compiles only if schema and type agree", () => {
  interface Point {
    readonly x: number;
    readonly label?: string;
  }
  const label = z.string().exactOptional();
  const point = schemaOf<Point>()(z.object({ x: z.number(), label }));
  assert.deepEqual(point.parse({ x: 1 }), { x: 1 });
  // @ts-expect-error a key is missing
  schemaOf<Point>()(z.object({ x: z.number() }));
  // @ts-expect-error an extra key
  schemaOf<Point>()(z.object({ x: z.number(), label, y: z.number() }));
  // @ts-expect-error a key has another type
  schemaOf<Point>()(z.object({ x: z.string(), label }));
  // @ts-expect-error undefined is not the same as absent
  schemaOf<Point>()(z.object({ x: z.number(), label: z.string().optional() }));
});
