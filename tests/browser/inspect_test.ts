/** The page of `deno task inspect` against `ils evaluate`. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import type { ReportData } from "../../lib/reports/calibration/report_data.ts";
import { refusal } from "../cli/inputs/scores.ts";
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

const FIXTURES = join(ROOT, "tests", "fixtures", "scores");
const EXAMPLE = join(ROOT, "lib", "cli", "inspect", "example.npz");

async function fixture(name: string): Promise<Dropped> {
  return { name, bytes: await Deno.readFile(join(FIXTURES, name)) };
}

/** Files of each kind that the reader accepts. */
const KINDS: readonly (readonly string[])[] = [
  ["logits.npy", "labels.npy"],
  ["both.npz", "labels.npy"],
  ["f16.safetensors"],
  ["packed.mat", "labels.npy"],
  ["table.csv"],
  ["table.tsv"],
  ["scores_blanks.txt", "labels_plain.csv"],
  ["snappy.parquet"],
  ["gzip.parquet"],
];

const text = ({ bytes }: Dropped) => new TextDecoder().decode(bytes);

Deno.test({
  name: "the page measures each kind of file as ils evaluate does",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    const numbers = new Set<string>();
    for (const names of KINDS) {
      const files = await Promise.all(names.map(fixture));
      await drop(page, files);
      await settled(page);
      assert.deepEqual(await refusals(page), [], names.join());
      const command = await page.locator("#command").textContent();
      const expected = await evaluated(command!, files);
      const json = await saved(page, "Numbers (JSON)");
      assert.equal(json.name, "numbers.json");
      assertClose(JSON.parse(text(json)), asJson(expected.json));
      const report = await saved(page, "Report (HTML)");
      assertClose(dataIn(text(report)), expected.data);
      numbers.add(await page.locator("#report .beside").first().innerText());
      await page.getByRole("button", { name: "Remove all files" }).click();
      assert.equal(await page.locator("#report").innerText(), "");
    }
    // All have the same scores and labels.
    assert.equal(numbers.size, 1);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "the example is measured with validation rows, and its numbers shown",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    // From the keyboard.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await settled(page);
    const example = {
      name: "example.npz",
      bytes: await Deno.readFile(EXAMPLE),
    };
    const command = await page.locator("#command").textContent();
    const { data, json } = await evaluated(command!, [example]);
    const { sets: [{ models: [model] }] } = data as ReportData;
    assert.equal(
      (await page.locator(".verdict").innerText()).replaceAll("\xa0", " "),
      `example: ${model.conclusion}`,
    );
    const { accuracy, ece, scaled } = json as {
      accuracy: number;
      ece: number;
      scaled: { ece: number };
    };
    const row = (name: string) =>
      page.locator("#report tbody tr").filter({ hasText: name }).first()
        .innerText();
    assert.match(await row("Accuracy"), new RegExp(`\\s${percent(accuracy)}`));
    const eces = new RegExp(`\\s${percent(ece)}[^]*\\s${percent(scaled.ece)}`);
    assert.match(await row("ECE"), eces);
    assert.deepEqual(problems, []);
  },
});

function percent(share: number): string {
  return (100 * share).toFixed(2).replace(".", "\\.");
}

/** A copy of the example with one byte changed, within the compressed logits. */
async function damagedExample(): Promise<Dropped> {
  const bytes = await Deno.readFile(EXAMPLE);
  bytes[50_000] ^= 8;
  return { name: "damaged.npz", bytes };
}

Deno.test({
  name: "the page refuses a bad file with the line of the command line",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    const labels = await fixture("labels.npy");
    const cut = await fixture("logits.npy");
    const bad = [
      await fixture("make.py"),
      await fixture("lz4.parquet"),
      await fixture("missing.parquet"),
      { name: "empty.npy", bytes: new Uint8Array() },
      { name: "cut.npy", bytes: cut.bytes.slice(0, -8) },
      {
        name: "cut.mat",
        bytes: (await fixture("packed.mat")).bytes.slice(0, 300),
      },
      { name: "model.pt", bytes: cut.bytes },
    ];
    for (const file of bad) {
      await drop(page, [labels, file]);
      await settled(page);
      const expected = await inFolderOf(
        [labels, file],
        () => refusal(["--logits", file.name, "--labels", labels.name]),
      );
      assert.deepEqual(await refusals(page), [expected]);
      await page.getByRole("button", { name: "Remove all files" }).click();
    }
    const damaged = await damagedExample();
    await drop(page, [damaged]);
    await settled(page);
    const path = `${damaged.name}:logits`;
    const expected = await inFolderOf(
      [damaged],
      () => refusal(["--logits", path, "--labels", `${damaged.name}:labels`]),
    );
    assert.match(expected, /^Cannot read .*damaged/);
    assert.deepEqual(await refusals(page), [expected]);
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name:
    "scores that look like probabilities are refused until they are named so",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    const csv = "a,b,label\n0.25,0.75,1\n0.5,0.5,0\n0.125,0.875,1\n";
    const bytes = new TextEncoder().encode(csv);
    await drop(page, [{ name: "p.csv", bytes }]);
    await settled(page);
    assert.match(
      (await refusals(page)).join(),
      /^p\.csv: 3 of 3 rows look like probabilities .* --probabilities if they are/,
    );
    await page.getByText("Settings", { exact: true }).click();
    await page.getByRole("combobox", { name: "Scores are" })
      .selectOption("probabilities (--probabilities)");
    await settled(page);
    assert.deepEqual(await refusals(page), []);
    assert.match(
      await page.locator("#command").innerText(),
      / --logits p\.csv --labels p\.csv --probabilities /,
    );
    assert.deepEqual(problems, []);
  },
});

Deno.test({
  name: "Parquet that a browser cannot unpack is refused with what reads it",
  ignore: CHROMIUM === undefined,
  async fn() {
    await using opened = await openInspect();
    const { page, problems } = opened;
    for (
      const [name, codec] of [["brotli", "Brotli"], ["zstd", "Zstandard"]]
    ) {
      await drop(page, [await fixture(`${name}.parquet`)]);
      await settled(page);
      assert.deepEqual(await refusals(page), [
        `Cannot read ${name}.parquet: it is compressed with ${codec}, which a ` +
        "browser cannot unpack; save it with Snappy or gzip, or use ils evaluate, " +
        "which reads it",
      ]);
    }
    assert.deepEqual(problems, []);
  },
});
