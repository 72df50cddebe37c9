import assert from "node:assert/strict";
import { join } from "node:path";
import { ils, inFolder, listing, writeInputs } from "./program.ts";

/** L.npy, Y.npy and others are in the working folder of the program. */
const FILES = "--logits L.npy --labels Y.npy";
const TRAIN = "train --dataset excerpt --model lenet";

const WRONG: readonly [string, RegExp][] = [
  ["", /^A command is required: allowed are data, train, .*--help/],
  ["evaluat", /^Unknown command evaluat: did you mean evaluate\?$/],
  ["toString", /^Unknown command toString: allowed are data, /],
  ["evaluat --help", /^Unknown command evaluat: did you mean evaluate\?$/],
  ["help evaluat", /^Unknown command evaluat: did you mean evaluate\?$/],
  ["eval", /^Unknown command eval: /],
  ["--json", /^A command is required before --json: allowed are data, /],
  ["targets", /^--logits L is required$/],
  [
    `targets ${FILES} --method ils --epsilon 0.1`,
    /^--out T.npy, --against V.csv or both are required$/,
  ],
  ...targetsWith(
    "--method ils --epsilon 0.1 --temperature 1,2",
    /^--out takes the targets of one --temperature: current value is 1,2$/,
  ),
  [
    `targets ${FILES} --method ils --epsilon 0.1 --against none.csv`,
    /^Cannot read none.csv: there is no such file$/,
  ],
  [
    `evaluate ${FILES} --bins 5`,
    /^Unknown flag --bins: did you mean --ece-bins\?$/,
  ],
  [
    "embed --input L.npy --out E.png",
    /^--out must name a file that ends in \.npy: current value is E\.png$/,
  ],
  ["data cifar1", /^--dataset must be .* cifar1, did you mean cifar10\?$/],
  ["distill none", /^Cannot find a finished run none: /],
  [
    `${TRAIN} --learning-rate 1`,
    /^Unknown flag --learning-rate: did you mean --lr\?$/,
  ],
  [
    `${TRAIN} --gpu`,
    /^Unknown flag --gpu: deno task ils train --help all lists the flags$/,
  ],
  [
    "train --dataset Fashion-MNIST --model lenet",
    /Fashion-MNIST, did you mean fashionmnist\?$/,
  ],
  [
    "train --dataset none --model lenet",
    /, or a folder with your own data: current value is none, which does not exist$/,
  ],
  [
    "train --dataset L.npy --model lenet",
    /current value is L\.npy, which is a file$/,
  ],
  [
    `evaluate ${FILES} --calibrator temp`,
    /current value is temp, did you mean temperature\?$/,
  ],
  [
    "evaluate --labels Y.npy",
    /^--labels needs --logits L\.npy, the scores of its rows$/,
  ],
  [`evaluate ${FILES} --ece_bin 5`, /^Unknown .*did you mean --ece-bins\?$/],
  [`evaluate ${FILES} --ece_bins 0`, /^--ece-bins must be a whole .* 0$/],
  [
    `evaluate ${FILES} --ece-bins 5 --ece_bins=5`,
    /^--ece-bins is given twice$/,
  ],
  [`evaluate ${FILES} --json --json`, /^--json is given twice$/],
  [
    `targets ${FILES} now`,
    /^Unexpected argument "now": it is not a flag; for example: deno task ils targets --logits /,
  ],
  [
    `evaluate ${FILES} my file.npy`,
    /^Unexpected argument "file.npy": it is not a flag; for example: deno task ils evaluate --logits L\.npy --labels Y\.npy$/,
  ],
  [
    "evaluate --logits L.npy",
    /^--logits needs --labels Y\.npy, the true classes of its rows$/,
  ],
  [
    `evaluate ${FILES} --run x`,
    /^--run .* has its own logits and labels: leave out --logits$/,
  ],
  [
    `evaluate ${FILES} --val-logits L.npy`,
    /^--val-logits and --val-labels need/,
  ],
  ["evaluate --run x", /^Cannot find a finished run x: .*run.json/],
  ["evaluate --logits none.npy --labels Y.npy", /^Cannot read none.npy: /],
  [
    "evaluate --logits L.npy --labels short.npy",
    /^Cannot use L.npy with short.npy: there are 3 rows and 2 labels$/,
  ],
  [
    "evaluate --logits L.npy --labels high.npy",
    /^Cannot read labels from high.npy: row 1.* is 3 but must be in 0 to 2$/,
  ],
  [
    `evaluate ${FILES} --report none/R.html`,
    /^--report must be in an existing folder/,
  ],
  ...targetsWith(
    "--method mixup",
    /^--method must be one of ce, ls, .* mixup$/,
  ),
  ...targetsWith("--method ils", /^Method ils needs --epsilon: it takes /),
  ...targetsWith("--method ce --epsilon 0.1", /^Method ce does not use --eps/),
  ...targetsWith(
    "--method ls --epsilon 1",
    /^--epsilon must be in \[0, 1\).* 1$/,
  ),
  ...targetsWith("--method ls --epsilon x", /^--epsilon must be a number.* x$/),
  ...targetsWith("--method ls --epsilon", /^--epsilon needs a value$/),
  ...targetsWith(
    "--method ils2 --epsilon 0.1 --temperature 0",
    /^--temperature must be in \(0, Infinity\): current value is 0$/,
  ),
  ...targetsWith("--method mix", /^Method mix needs --lambda: it takes --la/),
  ...targetsWith("--method mix --lambda 2", /^--lambda must be in \[0, 1\]: /),
  ...targetsWith("--method ils1 --p1 0.8", /^Method ils1 needs --p2: it takes/),
  ...targetsWith(
    "--method ils-shrunk --epsilon 0.1 --p1 0.8 --p2 2",
    /^Method ils-shrunk takes --epsilon, or --p1 and --p2: --epsilon and --p1 exclude each other$/,
  ),
  ...targetsWith(
    "--method ils-shrunk --max_epsilon 0.3 --epsilon 0.1",
    /: --epsilon and --max-epsilon exclude each other$/,
  ),
  ...targetsWith(
    "--method ils-shrunk --epsilon 0.1 --shrink -0.5",
    /^--shrink must be in \[0, 1\]: current value is -0.5$/,
  ),
  ...targetsWith(
    "--method ils-shrunk --epsilon 0.1 --teacher_temperature 2",
    /^Method ils-shrunk does not use --teacher-temperature: only /,
  ),
  ...targetsWith(
    "--method ils2 --epsilon 0.1 --shrink 0.5",
    /^Method ils2 does not use --shrink: it takes --epsilon, --temperature$/,
  ),
  [
    `${TRAIN} --method ils-shrunk --shrink 0.5`,
    /^Method ils-shrunk needs --epsilon, or --p1 and --p2$/,
  ],
  ...targetsWith(
    "--method ils --epsilon 0.1 --teacher_temperature 2",
    /^Method ils does not use --teacher-temperature: only the quadratic amount of --p1 and --p2 does$/,
  ),
  ...targetsWith(
    "--method ils --epsilon 0.1 --scores odds",
    /^--scores must be one of probabilities, shifted-logits: .* odds$/,
  ),
  ...targetsWith(
    "--method ils --epsilon 0.1 --folds Y.npy",
    /^--folds needs several files of --logits, one .*: .* is L.npy$/,
  ),
  ...targetsWith(
    "--method ls --epsilon 0.1 --folds Y.npy",
    /^Method ls does not use --folds$/,
  ),
  [
    "targets --logits L.npy,L.npy --labels Y.npy --method ce --out T.npy",
    /^Method ce does not use a second file of --logits$/,
  ],
  [
    "targets --logits L.npy, --labels Y.npy --method ce --out T.npy",
    /^--logits must not be empty$/,
  ],
  [
    "targets --logits L.npy --labels short.npy --method ce --out T.npy",
    /^Cannot use L.npy with short.npy: there are 3 rows and 2 labels$/,
  ],
  [
    `targets ${FILES} --method ce --out t.txt`,
    /^--out must name a file that ends in \.npy: current value is t\.txt$/,
  ],
  [`targets ${FILES} --method ce --out .`, /^--out must name a file: . is/],
  ["data --dataset mnist", /^--dataset must be one of fashionmnist, cifar10/],
  ["train --model lenet", /^--dataset D\|DIR is required$/],
  [
    "train --dataset excerpt --model vgg",
    /^--model must be one of mlp, .* vgg$/,
  ],
  [
    `${TRAIN} --tr_size 1`,
    /^--tr-size must be in \(0, 1\): current value is 1$/,
  ],
  [
    `${TRAIN} --milestones 0.7,0.5`,
    /^--milestones must increase: .* 0.7, 0.5$/,
  ],
  [
    `${TRAIN} --optimizer adam --momentum 0.5`,
    /^--optimizer adam does not use --momentum/,
  ],
  [
    `${TRAIN} --method ls --p1 1`,
    /^Method ls does not use --p1: it takes --eps/,
  ],
  [
    `${TRAIN} --method focal --epsilon 0.1`,
    /^Method focal does not use --epsilon: it takes --focal-gamma$/,
  ],
  [
    `${TRAIN} --method ls --mbls_margin 5`,
    /^Method ls does not use --mbls-margin: it takes --epsilon$/,
  ],
  [
    `${TRAIN} --method brier --focal-gamma 3`,
    /^Method brier does not use --focal-gamma: it takes no settings$/,
  ],
  [
    `${TRAIN} --method focal --focal-gamma -1`,
    /^--focal-gamma must be in \[0, Infinity\): current value is -1$/,
  ],
  [
    `${TRAIN} --method beta --ema-decay 1`,
    /^--ema-decay must be in \[0, 1\): current value is 1$/,
  ],
  [
    `${TRAIN} --method mbls --teacher L.npy`,
    /^Method mbls does not use --teacher$/,
  ],
  [
    `${TRAIN} --method mix --temperature 2`,
    /^Method mix does not use --temperature: it takes --lambda$/,
  ],
  ...targetsWith(
    "--method focal",
    /^--method must be one of ce, .*: current value is focal$/,
  ),
  ...targetsWith(
    "--method self-distillation",
    /^Method self-distillation needs --lambda: it takes --lambda, --temp/,
  ),
  [`${TRAIN} --teacher L.npy`, /^Method ce does not use --teacher$/],
  [`${TRAIN} --method ls --teacher gone`, /^Method ls does not use --teacher$/],
  [
    `${TRAIN} --method ls --teacher_ensemble 3`,
    /^Method ls does not use --tea/,
  ],
  [`${TRAIN} --generations 2`, /^Method ce does not use --generations$/],
  [
    `${TRAIN} --method ils --teacher L.npy --teacher-folds 5`,
    /^--teacher and --teacher-folds exclude each other$/,
  ],
  [
    `${TRAIN} --method ils --teacher-ensemble 5 --teacher-folds 5`,
    /^--teacher-ensemble and --teacher-folds exclude each other$/,
  ],
  [
    `${TRAIN} --method ils --teacher-repeats 2`,
    /^--teacher-repeats needs --teacher-folds$/,
  ],
  [
    `${TRAIN} --method ils --teacher-epsilon 0.1`,
    /^Teacher method ce does not use --teacher-epsilon$/,
  ],
  [
    `${TRAIN} --method ils --teacher-method mix`,
    /^--teacher-method must be one of ce, ls, .*: current value is mix$/,
  ],
  [
    `${TRAIN} --method ils --teacher-ensemble 1`,
    /^--teacher-ensemble must be a whole number of at least 2: .* 1$/,
  ],
  [
    `${TRAIN} --method ils --limit 20 --teacher-folds 17`,
    /^Cannot cut 16 training samples into 17 folds$/,
  ],
  [`${TRAIN} --method ils --teacher gone`, /^Cannot find a finished run gone/],
  [
    `${TRAIN} --method ils --teacher L.npy`,
    /^Cannot use L.npy as a teacher: .* 3 rows of 3 classes, .* 1000 training/,
  ],
  [
    `${TRAIN} --method ils --num_classes 9`,
    /^--num-classes must be 10, the number of classes of excerpt: .* 9$/,
  ],
  [
    `${TRAIN} --limit 1001`,
    /^Cannot take 1001 samples as there are only 1000 for training and val/,
  ],
  [`${TRAIN} --out L.npy`, /^--out must name a folder: L.npy is not a folder$/],
  ["distill", /^--teacher RUN is required$/],
  ["distill --teacher L.npy", /^Cannot find a finished run L.npy/],
  ["distill --teacher x --alpha 2", /^--alpha must be in \[0, 1\]: .* 2$/],
];

function targetsWith(more: string, message: RegExp): [string, RegExp][] {
  return [[`targets ${FILES} --out T.npy ${more}`, message]];
}

for (const [line, message] of WRONG) {
  Deno.test(`ils ${line}: exit 2, one line, nothing written`, () =>
    inFolder(async (cwd) => {
      await writeInputs(cwd);
      const at = (name: string) => join(cwd, name);
      const { labels } = await writeInputs(cwd, undefined, [0, 1]);
      await Deno.rename(labels, at("short.npy"));
      const high = await writeInputs(cwd, undefined, [0, 3, 1]);
      await Deno.rename(high.labels, at("high.npy"));
      await writeInputs(cwd);
      const before = listing(cwd);
      const args = line === "" ? [] : line.split(" ");
      const { code, stdout, stderr } = await ils(args, { cwd });
      assert.equal(code, 2, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, /^[^\n]+\n$/);
      assert.match(stderr.trimEnd(), message);
      assert.deepEqual(listing(cwd), before);
    }));
}

Deno.test("a failure during a run is exit 1 and one line; ILS_DEBUG=1 adds a stack", () =>
  inFolder(async (cwd) => {
    const diverging =
      "train --dataset excerpt --model mlp --lr 1e9 --limit 100 " +
      "--epochs 2 --batch_size 20";
    const plain = await ils(diverging.split(" "), { cwd });
    assert.equal(plain.code, 1);
    assert.equal(plain.stdout, "");
    assert.match(
      plain.stderr,
      /^Failed: Training stopped at epoch 1, step \d+, as the .*\n$/,
    );
    const env = { ILS_DEBUG: "1" };
    const debug = await ils(diverging.split(" "), { cwd, env });
    assert.match(debug.stderr, /^ {4}at .*fit\.ts/m);
  }));

Deno.test("relative paths start in the folder where the user called the task", () =>
  inFolder(async (user) => {
    await writeInputs(user);
    await Deno.mkdir(join(user, "project"));
    const { code, stdout } = await ils(
      `targets ${FILES} --method ce --out T.npy`.split(" "),
      { cwd: join(user, "project"), env: { INIT_CWD: user } },
    );
    assert.equal(code, 0);
    assert(stdout.startsWith(join(user, "T.npy")));
    assert.deepEqual([...Deno.readDirSync(join(user, "project"))], []);
  }));

Deno.test("a line break in a file name does not break the one-line message", () =>
  inFolder(async (cwd) => {
    const { stderr } = await ils(
      ["evaluate", "--logits", "a\nb.npy", "--labels", "Y.npy"],
      { cwd },
    );
    assert.match(stderr, /^Cannot read a b.npy: there is no such file\n$/);
  }));
