/** The notebooks in JupyterLab itself. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeToy } from "../reproduce/toy_notebook.ts";
import { CHROMIUM } from "./browser.ts";
import { choose, openLab, outputsOf, runCell } from "./lab.ts";

const ignore = CHROMIUM === undefined;

Deno.test({
  name:
    "JupyterLab opens at notebook 01, offers only Deno, and changes no file by saving",
  ignore,
  async fn() {
    await using lab = await openLab();
    const { page, root, address } = lab;
    await page.getByText("Deno | Idle").waitFor();
    assert.match(page.url(), /\/lab\/tree\/notebooks\/01_teacher\.ipynb/);
    assert.equal(await page.locator(".jp-mod-dirty").count(), 0);
    const answer = await fetch(address("/api/kernelspecs"));
    const { kernelspecs } = await answer.json();
    assert.deepEqual(Object.keys(kernelspecs), ["deno"]);
    const path = join(root, "notebooks", "01_teacher.ipynb");
    const before = await Deno.readTextFile(path);
    const saved = page.waitForResponse((response) =>
      response.request().method() === "PUT" &&
      response.url().includes("01_teacher.ipynb")
    );
    await page.locator(".jp-Notebook").click();
    await choose(page, "File", "Save Notebook");
    assert.equal((await saved).ok(), true);
    assert.equal(await Deno.readTextFile(path), before);
  },
});

const CELLS = [
  "# Long",
  'import * as nb from "./setup.ts";\nlet kept = 41;',
  `const ce = nb.study.teacherSpec(nb.profile, "ce", 1);
const spec = { ...ce, training: { ...ce.training, epochs: 4000 } };`,
  "await nb.study.ensureRuns([spec], nb.runOptions());",
  'throw new RangeError("on purpose");',
  "`kept ${++kept}`",
];

Deno.test({
  name:
    "in JupyterLab, Run All, Stop, an error and single cells leave each output in place",
  ignore,
  async fn() {
    await using lab = await openLab((root) =>
      writeToy(join(root, "notebooks", "99_long.ipynb"), CELLS)
    );
    const { page, address } = lab;
    await page.goto(address("/lab/tree/notebooks/99_long.ipynb"));
    await page.getByText("Deno | Idle").waitFor();
    await page.locator(".jp-Notebook").click();
    await choose(page, "Run", "Run All Cells");
    const [training, error, last] = [2, 3, 4].map((i) => outputsOf(page, i));
    const epoch = async () => {
      const shown = training.getByText(/epoch [1-9]/);
      await shown.waitFor();
      return Number(/epoch (\d+)/.exec(await shown.innerText())![1]);
    };
    const first = await epoch();
    await choose(page, "Kernel", "Interrupt Kernel");
    await training.getByText(/^Stopped: /).waitFor();
    await error.getByText(/^RangeError: on purpose/).waitFor();
    await last.getByText("kept 42").waitFor();
    assert.deepEqual(
      (await training.allInnerTexts()).map((text) => text.trim()).filter(
        Boolean,
      ),
      ["Stopped: Finished networks and checkpoints are kept: run the cell to go on"],
    );
    // A person takes longer than the kernel with cells that were queued.
    await page.waitForTimeout(1000);
    await runCell(page, 2);
    assert(await epoch() > first, "it resumes");
    await choose(page, "Kernel", "Interrupt Kernel");
    await training.getByText(/^Stopped: /).waitFor();
    await runCell(page, 4);
    await last.getByText("kept 43").waitFor();
  },
});
