/** An index page with images that models see differently, for tests in a browser. */
import { join } from "node:path";
import type { BrowserContextOptions } from "playwright-core";
import { asLogits, pointsOf } from "../../lib/matrix_kinds.ts";
import { matrix } from "../../lib/matrix.ts";
import { stream } from "../../lib/random.ts";
import {
  imageRows,
  restoreRows,
} from "../../lib/reports/interactive/image_rows.ts";
import { writeIndexPage } from "../../lib/reproduce/index_page.ts";
import { writeManifest } from "../../lib/reproduce/manifest.ts";
import { openOffline } from "./browser.ts";

const CLASSES = ["Shirt", "Coat", "Bag"];
const ROWS = 60;

/** A network whose logits and picture depend on its name. */
function network(method: string, labels: Int32Array) {
  const random = stream(1, method);
  const logits = Float32Array.from(
    { length: ROWS * CLASSES.length },
    (_, at) =>
      random.normal() +
      (at % CLASSES.length === labels[Math.floor(at / CLASSES.length)] ? 2 : 0),
  );
  const embedding = pointsOf(
    Array.from(labels, (label) => [
      20 * label + 5 * random.normal(),
      8 * random.normal(),
    ]),
  );
  return {
    method,
    logits: asLogits(matrix(logits, CLASSES.length)),
    embedding,
  };
}

/** 60 images of three classes, and two networks. */
export async function toyRows() {
  const labels = Int32Array.from({ length: ROWS }, (_, i) => i % 3);
  const random = stream(1, "pixels");
  const pixels = () =>
    Uint8Array.from({ length: 64 }, () => random.integer(256));
  return await imageRows(["ce", "ls"].map((name) => network(name, labels)), {
    classNames: CLASSES,
    labels,
    numbers: Array.from(labels, (_, i) => 100 + i),
    images: Array.from(
      labels,
      () => ({ pixels: pixels(), width: 8, height: 8, channels: 1 }),
    ),
  });
}

let written: ReturnType<typeof writePage> | undefined;

/** Writes an index page with images. */
async function writePage() {
  const folder = await Deno.makeTempDir({ prefix: "ils-images-" });
  addEventListener(
    "unload",
    () => Deno.removeSync(folder, { recursive: true }),
  );
  const data = await toyRows();
  await Deno.mkdir(join(folder, "data"));
  await Deno.writeTextFile(
    join(folder, "data", "06-images.json"),
    JSON.stringify(data),
  );
  await writeManifest(folder, {
    profile: "toy",
    summary: "a toy",
    written: "2026-05-04T03:02:01.000Z",
    versions: {},
    device: "CPU",
    commit: null,
    seconds: 1,
    notebooks: [],
    runs: [],
  });
  return {
    path: (await writeIndexPage(folder))!,
    rows: await restoreRows(data),
  };
}

/** Opens an index page with images, which is written once. */
export async function openImages(options: BrowserContextOptions = {}) {
  written ??= writePage();
  const { path, rows } = await written;
  const opened = await openOffline(path, options);
  await opened.page.waitForSelector(".images.live");
  return { ...opened, rows };
}
