/** Two models on the page of `deno task inspect` against the command line. */
import assert from "node:assert/strict";
import { compare } from "../../lib/cli/commands/compare/compare.ts";
import { parseFlags } from "../../lib/cli/flags/command_line.ts";
import { stream } from "../../lib/random.ts";
import type { ReportData } from "../../lib/reports/calibration/report_data.ts";
import { CHROMIUM } from "./browser.ts";
import {
  asJson,
  assertClose,
  dataIn,
  evaluated,
  inFolderOf,
} from "./inspect_answers.ts";
import {
  drop,
  type Dropped,
  openInspect,
  refusals,
  saved,
  settled,
} from "./inspect_page.ts";

const ignore = CHROMIUM === undefined;
const CLASSES = 4;
const LABELS = Array.from({ length: 240 }, (_, i) => (i * i + i) % CLASSES);

/** Logits of a model that is the better the larger `signal` is. */
function logitsOf(name: string, signal: number): number[][] {
  const random = stream(1, name);
  return LABELS.map((label) =>
    Array.from(
      { length: CLASSES },
      (_, k) => Math.fround(3 * random.normal() + (k === label ? signal : 0)),
    )
  );
}

/** A file with the logits and labels of a model, in one of the formats. */
type Writer = (
  name: string,
  logits: readonly (readonly number[])[],
  labels: readonly number[],
) => Dropped;

const table: Writer = (name, logits, labels) => {
  const head = [...logits[0].keys()].map((k) => `logit_${k}`);
  const lines = logits.map((row, i) => [...row, labels[i]].join(","));
  const text = `${[...head, "label"].join(",")}\n${lines.join("\n")}\n`;
  return { name: `${name}.csv`, bytes: new TextEncoder().encode(text) };
};

const archive: Writer = (name, logits, labels) => {
  const size = 4 * labels.length * CLASSES;
  const header = new TextEncoder().encode(JSON.stringify({
    logits: {
      ...{ dtype: "F32", shape: [labels.length, CLASSES] },
      data_offsets: [0, size],
    },
    labels: {
      ...{ dtype: "I32", shape: [labels.length] },
      data_offsets: [size, size + 4 * labels.length],
    },
  }));
  const bytes = new Uint8Array(8 + header.length + size + 4 * labels.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  const numbers = new Float32Array(logits.flat());
  bytes.set(new Uint8Array(numbers.buffer), 8 + header.length);
  const whole = new Uint8Array(Int32Array.from(labels).buffer);
  bytes.set(whole, 8 + header.length + size);
  return { name: `${name}.safetensors`, bytes };
};

/** What `ils compare --json` prints for the flags of a command of `ils evaluate`. */
function compared(command: string, files: readonly Dropped[]) {
  const args = command.replace(/ --report \S+$/, "").split(" ").slice(4);
  const context = { log() {}, terminal: false, args };
  return inFolderOf(files, async () => {
    const { json } = await compare.run(
      parseFlags(args, compare.flags),
      context,
    );
    return asJson(json);
  });
}

/** The numbers of a report, as `ils compare --json` prints them. */
function numbersOf(data: ReportData): unknown {
  return {
    ...data,
    sets: data.sets.map((set) => ({
      ...set,
      models: set.models.map(({ versions, ...model }) => ({
        ...model,
        versions: versions.map(({ diagrams: _, ...version }) => version),
      })),
    })),
  };
}

for (const write of [table, archive]) {
  const [a, b] = [
    write("a", logitsOf("a", 4), LABELS),
    write("b", logitsOf("b", 7), LABELS),
  ];
  Deno.test({
    name: `the page compares ${a.name} and ${b.name} as the command line does`,
    ignore,
    async fn() {
      await using opened = await openInspect();
      const { page, problems } = opened;
      await drop(page, [a, b]);
      await settled(page);
      assert.deepEqual(await refusals(page), []);
      const command = (await page.locator("#command").textContent())!;
      const expected = await evaluated(command, [a, b]);
      const json = await saved(page, "Numbers (JSON)");
      const text = (file: Dropped) => new TextDecoder().decode(file.bytes);
      assertClose(JSON.parse(text(json)), asJson(expected.json));
      const report = dataIn(text(await saved(page, "Report (HTML)")));
      assertClose(report, expected.data);
      const data = report as ReportData;
      assertClose(numbersOf(data), await compared(command, [a, b]));
      assert.equal(data.reference, "a");
      const [, second] = data.sets[0].models;
      const { logLoss } = second.versions[0].fromReference!;
      const row = page.getByRole("table")
        .filter({ hasText: "Difference from a" })
        .getByRole("row").filter({ hasText: "Log loss" }).first();
      const shown = logLoss!.toFixed(4).replace("-", "−");
      assert.ok((await row.innerText()).includes(shown), shown);
      assert.deepEqual(problems, []);
    },
  });
}

Deno.test({
  name: "the page says that the labels of a second model differ",
  ignore,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    const other = LABELS.map((label, i) => i < 5 ? (label + 1) % 4 : label);
    for (const write of [table, archive]) {
      await drop(page, [
        write("a", logitsOf("a", 4), LABELS),
        write("b", logitsOf("b", 7), other),
      ]);
      await settled(page);
      assert.match(
        await page.locator(".remarks").innerText(),
        /b\.\w+:labels? differs from a\.\w+:labels? in 5 of 240 rows/,
      );
      await page.getByRole("button", { name: "Remove all files" }).click();
    }
    assert.deepEqual(problems, []);
  },
});
