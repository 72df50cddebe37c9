import assert from "node:assert/strict";
import { join } from "node:path";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import { by, fakeRun, STUDY, writeRuns } from "../../runs/fake_runs.ts";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

const RUNS = join("results", "runs");

/** Stores three seeds of ce and ls on two data sets in results/runs. */
function writeStudy(cwd: string): Promise<string[]> {
  const runs = ["cifar10", "cifar100"].flatMap((dataset) =>
    (["ce", "ls"] as const).flatMap((method, m) =>
      [1, 2, 3].map((seed) =>
        fakeRun(
          by(method, { ...STUDY, data: { ...STUDY.data, dataset }, seed }),
          { logLoss: 0.3 - 0.02 * m + 0.005 * seed, accuracy: 0.9 + m / 100 },
        )
      )
    )
  );
  return writeRuns(join(cwd, RUNS), runs);
}

Deno.test("ils table compares runs with each of the 24 published rows", () =>
  inFolder(async (cwd) => {
    const none = await ilsJson(["table"], { cwd });
    assert.equal(none.length, 24 * 5);
    assert(
      none.every(({ status }: { status: string }) => status === "not run"),
    );
    await writeStudy(cwd);
    const args = "table --score logLoss".split(" ");
    const rows = await ilsJson(args, { cwd });
    assert.equal(rows.length, 24);
    const run = rows.filter(({ n }: { n: number }) => n > 0);
    assert.deepEqual(
      run.map((row: Record<string, unknown>) =>
        [row.dataset, row.network, row.method, row.scaled, row.n].join(" ")
      ),
      ["ce", "ls"].flatMap((method) =>
        [false, true].map((scaled) => `CIFAR-10 ResNet18 ${method} ${scaled} 3`)
      ),
    );
    const { stdout } = await ils(args, { cwd });
    assert.match(
      stdout,
      /^Of 24 published numbers, 4 were measured, 0 of them/,
    );
    assert.match(stdout, /^CIFAR-10 .*ls .*no .* 0\.3170 ± 0\.0271 .*yes/m);
    assert.match(stdout, /^Fashion-MNIST .* not run$/m);
  }));

Deno.test("ils table --dataset has rows per method and paired differences", () =>
  inFolder(async (cwd) => {
    const ids = await writeStudy(cwd);
    const args = "table --dataset cifar10 --reference ce";
    const rows = await ilsJson(args.split(" "), { cwd });
    assert.deepEqual(
      rows.map(({ method, scaled }: { method: string; scaled: boolean }) =>
        [method, scaled].join()
      ),
      ["ce,false", "ce,true", "ls,false", "ls,true"],
    );
    const ls = rows[2];
    assert.equal(ls.reference, "ce");
    assert.equal(ls.pairs, 3);
    assert(Math.abs(ls.logLossDifference + 0.02) < 1e-12);
    const { stdout } = await ils(args.split(" "), { cwd });
    assert.match(stdout, /^cifar10, resnet18, 40000 images, .*; 10 bins$/m);
    assert.match(stdout, /^ls − ce +no +log loss +3 +−0\.020 .* better$/m);

    // The same runs by id, in another order, one of them twice.
    const named = ids.slice(0, 6).toReversed().concat(ids[0]).join(",");
    const again = await ilsJson(
      ["table", "--run", named, "--reference", "ce"],
      { cwd },
    );
    assert.deepEqual(again, rows);
  }));

Deno.test("ils table evaluates runs again for another number of bins", () =>
  inFolder(async (cwd) => {
    const [id] = await writeStudy(cwd);
    const args = `table --run ${id} --ece-bins 4 --json`;
    const [plain] = await ilsJson(args.split(" ").slice(0, -1), { cwd });
    // The record's metrics are invented; 2 of 3 predictions are right.
    assert.equal(plain.bins, 4);
    assert(Math.abs(plain.accuracy - 2 / 3) < 1e-12);
  }));

Deno.test("ils table --calibrator evaluates runs with another calibrator", () =>
  inFolder(async (cwd) => {
    const [id] = await writeStudy(cwd);
    const args = `table --run ${id} --calibrator vector`.split(" ");
    const [plain, calibrated] = await ilsJson(args, { cwd });
    assert.deepEqual(
      [plain, calibrated].map(({ scaled, calibrator }) => [scaled, calibrator]),
      [[false, "vector"], [true, "vector"]],
    );
    // The validation rows are the test rows, and a better map exists.
    assert(calibrated.logLoss < plain.logLoss);
    const { stdout, stderr } = await ils(args, { cwd });
    assert.equal(
      stderr,
      `${id}: caution, every validation row is predicted right, so the log loss ` +
        "falls without end as weights grow: fit on more rows, none of which " +
        "the model was trained on\n",
    );
    assert.match(stdout, /^method +vector scaling +seeds /m);
    assert.doesNotMatch(stdout, /temperature/);
  }));

Deno.test("ils table --out writes every format", () =>
  inFolder(async (cwd) => {
    await writeStudy(cwd);
    const args = "table --dataset cifar10 --reference ce --out " +
      "T.md,T.csv,T.json,T.html";
    const rows = await ilsJson(args.split(" "), { cwd });
    const read = (name: string) => Deno.readTextFile(join(cwd, name));
    assert.deepEqual(JSON.parse(await read("T.json")), rows);
    const [head, ...lines] = (await read("T.csv")).trimEnd().split("\r\n");
    assert.deepEqual(head.split(","), Object.keys(rows[0]));
    assert.equal(lines.length, 4);
    assert.match(
      await read("T.md"),
      /^# Methods over their seeds\n\n\*\*cifar/,
    );
    assert.match(await read("T.md"), /^\| ls − ce \| no \| log loss /m);
    const page = await read("T.html");
    assert.deepEqual(externalAddresses(page), []);
    assert.equal(page.match(/<table/g)?.length, 2);
  }));

Deno.test("ils table --out writes files whose names contain commas", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "a, b");
    await Deno.mkdir(folder);
    const out = "a, b/my,table.md,a, b/T.csv";
    await ilsJson(["table", "--ranks", "published", "--out", out], { cwd });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assert.deepEqual(names.sort(), ["T.csv", "my,table.md"]);
  }));

Deno.test("ils table --ranks shows the published ranks, and those of runs", () =>
  inFolder(async (cwd) => {
    const published = await ilsJson(
      "table --ranks published --figure P.svg --out P.html".split(" "),
      { cwd },
    );
    assert.equal(published.length, 4 * 12);
    assert.equal(published[0].criticalDifference.toFixed(2), "5.02");
    const svg = await Deno.readTextFile(join(cwd, "P.svg"));
    assert.equal(svg.match(/CD = 5\.02/g)?.length, 4);
    const page = await Deno.readTextFile(join(cwd, "P.html"));
    assert.match(page, /role="img" aria-label="Mean ranks: ILS/);
    assert.deepEqual(externalAddresses(page), []);

    await writeStudy(cwd);
    const own = "table --ranks logLoss --alpha 0.1".split(" ");
    const rows = await ilsJson(own, { cwd });
    assert.deepEqual(
      rows.map(({ method, meanRank }: { method: string; meanRank: number }) =>
        [method, meanRank].join()
      ),
      ["ls + TempS,1", "ce + TempS,2", "ls,3", "ce,4"],
    );
    const { stdout } = await ils(own, { cwd });
    assert.match(
      stdout,
      /^log loss: 4 methods on 2 pairs .* differ significantly at 0\.1 /,
    );
    assert.match(stdout, /Friedman's chi-square is 6\.00 \(p = 0\.11\)\.$/m);
  }));

Deno.test("a damaged run.json does not stop ils table, unless --run names it", () =>
  inFolder(async (cwd) => {
    const [damaged, ...sound] = await writeStudy(cwd);
    const path = join(RUNS, damaged, "run.json");
    const text = await Deno.readTextFile(join(cwd, path));
    const whole = JSON.parse(text);
    const cases: [content: string, fault: string][] = [
      ["", "it is empty"],
      [text.slice(0, text.length / 2), "it is cut short"],
      ["<html>", "it is not JSON"],
      ["[]", "it must be an object: found a list"],
      ['{"name":"an app"}', "id is missing: it must be text"],
      [
        JSON.stringify({ ...whole, seconds: "9 s" }),
        'seconds must be a number: found "9 s"',
      ],
    ];
    for (const [content, fault] of cases) {
      await Deno.writeTextFile(join(cwd, path), content);
      const listing = "table --dataset cifar10 --json".split(" ");
      const { code, stdout, stderr } = await ils(listing, { cwd });
      assert.deepEqual([code, stderr], [0, `${path}: ${fault}; skipped\n`]);
      const rows: { method: string; n: number }[] = JSON.parse(stdout);
      assert.deepEqual(rows.map(({ method, n }) => `${method} ${n}`), [
        ...["ce 2", "ce 2", "ls 3", "ls 3"],
      ]);
      const named = ["table", "--run", `${damaged},${sound[0]}`];
      assert.deepEqual(await ils(named, { cwd }), {
        code: 2,
        stdout: "",
        stderr: `${path}: ${fault}\n`,
      });
    }
    // Each damaged run gives one line.
    const second = join(RUNS, sound[0], "run.json");
    await Deno.writeTextFile(join(cwd, second), "{");
    const { code, stderr } = await ils(["table"], { cwd });
    assert.equal(code, 0);
    assert.equal(stderr.trimEnd().split("\n").length, 2, stderr);
  }));

const WRONG: readonly [string, RegExp][] = [
  [
    "--dataset mnist",
    /^Cannot find a finished run of mnist in results.*cifar10/,
  ],
  ["--run none", /^Cannot find a finished run none: /],
  [
    "--run fake-0 --model lenet",
    /^--run already selects runs: leave out --dataset/,
  ],
  ["--runs none", /^Cannot look for runs in none: it is not a folder$/],
  ["--reference ce", /^--reference does not apply to the comparison with/],
  [
    "--dataset cifar10 --reference ils",
    /^Cannot compare with ils as it has no runs/,
  ],
  ["--dataset cifar10 --any-settings", /^--any-settings does not apply to a t/],
  ["--ranks loss", /^--ranks must be one of published, accuracy, .* loss$/],
  [
    "--ranks published --runs .",
    /^--runs does not apply to --ranks published$/,
  ],
  [
    "--ranks ece --dataset cifar10",
    /^Cannot rank methods as at least two pairs /,
  ],
  ["--ranks ece --alpha 0", /^--alpha must be in \[0.0001, 0.5\]: .* is 0$/],
  ["--figure F.svg", /^--figure does not apply to the comparison with publ/],
  [
    "--score brier",
    /^--score in the comparison with published rows must be one of acc/,
  ],
  ["--score loss", /^--score must be one of accuracy, .* loss$/],
  [
    "--dataset cifar10 --score studentAccuracy",
    /^--score in a table of your own runs must be one of /,
  ],
  ["--out T.txt", /^--out must name files that end in .md, .csv, .*T.txt$/],
  ["--out T.md,T.md", /^--out .*T.md and --out must name different files: /],
  ["--out none/T.md", /^--out must be in an existing folder/],
  [
    "--ranks published --figure T.md --out T.md",
    /^--figure must name a file that ends in .svg: current value is T.md$/,
  ],
  [
    `--out ${RUNS}/fake-0/run.json`,
    /^--out must not overwrite the input .*run.json$/,
  ],
];

Deno.test("ils table refuses bad input in one line, with code 2, and writes nothing", () =>
  inFolder(async (cwd) => {
    await writeStudy(cwd);
    const before = listing(cwd);
    for (const [args, expected] of WRONG) {
      const output = await ils(["table", ...args.split(" ")], { cwd });
      assert.equal(output.code, 2, `${args}: ${output.stderr}`);
      assert.match(output.stderr.trim(), expected);
      assert.equal(output.stderr.trim().split("\n").length, 1);
      assert.equal(output.stdout, "");
    }
    assert.deepEqual(listing(cwd), before);
  }));
