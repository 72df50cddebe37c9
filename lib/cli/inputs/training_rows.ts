import { basename, dirname, join } from "node:path";
import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { isThere } from "../../files/read_bytes.ts";
import { readLabels } from "../../files/read_labels.ts";

/** Files of logits of training images in the folder of a run or an imported network. */
const LOGITS = /^logits-(train|val|held)\.npy$/;

/**
 * What is wrong with rows that a network was trained on, if that is known: `path` is
 * the file of logits of a run, next to which are the indices of its images and of its
 * training images.
 *
 * @param what the rows are used for
 */
export async function trainingRowsRemark(
  path: string,
  what: "validation" | "test",
): Promise<string | undefined> {
  const { file } = parseArrayPath(path);
  const part = LOGITS.exec(basename(file))?.[1];
  if (part === undefined) return undefined;
  const folder = dirname(file);
  // There, train is every training image, on which it may not have been trained.
  if (part !== "train" && isThere(join(folder, "import.json"))) {
    return undefined;
  }
  const trained = join(folder, "indices-train.npy");
  const indices = await indicesIn(join(folder, `indices-${part}.npy`));
  const training = new Set(await indicesIn(trained));
  const shared = [...indices.keys()].filter((i) => training.has(indices[i]));
  if (shared.length === 0) return undefined;
  const [row] = shared;
  return `${shared.length} of ${indices.length} ${what} rows of ${file} are ` +
    `training rows by ${basename(trained)}, such as row ${row} (image ` +
    `${indices[row]}): ${HARM[what]}`;
}

const HARM = {
  validation: "calibrators fitted to them are too confident",
  test: "scores on them are too good",
} as const;

/** The indices in a file; none if it is missing or damaged, as it is not needed. */
async function indicesIn(path: string): Promise<Int32Array> {
  try {
    return isThere(path) ? await readLabels(path) : new Int32Array();
  } catch (error) {
    if (error instanceof BadInput) return new Int32Array();
    throw error;
  }
}
