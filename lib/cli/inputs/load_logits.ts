import { BadInput } from "../../bad_input.ts";
import { parseArrayPath } from "../../files/array_path.ts";
import { openOnce } from "../../files/arrays/open_once.ts";
import { encodeNpy } from "../../files/encode_npy.ts";
import { LOGITS, logitsIn, readLogits, readNpyBytes } from "../../files/npy.ts";
import { sha256 } from "../../files/sha256.ts";
import { type LikelyKind, likelyKind } from "../../logits/likely_kind.ts";
import type { Logits } from "../../matrix_kinds.ts";
import type { EnsureOptions } from "../../runs/ensure.ts";
import type { ForeignTeacher } from "../../runs/spec.ts";
import type { Context } from "../command.ts";
import { likenessText } from "./logits_of_scores.ts";
import { readScores } from "./read_scores.ts";

/** A teacher's logits from a file. */
export interface LoadedLogits {
  /** The teacher in a run's spec, identified by the hash of its logits. */
  readonly spec: ForeignTeacher;
  /** The logits, as an option of the training. */
  readonly options: Required<Pick<EnsureOptions, "teacherLogits">>;
}

/**
 * Reads a teacher's logits from a file and identifies them by their content.
 *
 * @param options `asLogits`: whether rows may look like something else, such as
 * probabilities
 * @throws {BadInput} if the file contains no logits, or rows that look like something else
 */
export async function loadLogits(
  path: string,
  context: Pick<Context, "log">,
  { asLogits }: { readonly asLogits: boolean },
): Promise<LoadedLogits> {
  const { logits, bytes } = await readTeacher(path, context);
  if (!asLogits) checkLikeness(logits, path);
  return {
    spec: { kind: "logits", logits: sha256(bytes) },
    options: { teacherLogits: { logits, source: path } },
  };
}

/** The logits, and their bytes as a `.npy` file. */
async function readTeacher(
  path: string,
  { log }: Pick<Context, "log">,
): Promise<{ readonly logits: Logits; readonly bytes: Uint8Array }> {
  if (/\.np[yz]$/i.test(parseArrayPath(path).file)) {
    const logits = await readLogits(path);
    // The same array has the same bytes in a .npy file and in a .npz archive.
    const { bytes } = await readNpyBytes(path, LOGITS);
    return { logits, bytes };
  }
  const { logits: { data, rows, columns }, remarks } = await readScores(path, {
    open: openOnce(),
    kind: { of: "asLogits", binary: false, floor: undefined },
  });
  for (const remark of remarks) log(`${remark}\n`);
  const array = { data, shape: [rows, columns] };
  return { logits: logitsIn(array, path), bytes: encodeNpy(array) };
}

/** What to give instead of rows that are no logits. */
const REMEDIES: Readonly<Record<LikelyKind, string>> = {
  probabilities: "their logarithms",
  percentages: "the logarithms of the probabilities",
  votes: "the logarithms of the shares of votes",
  sigmoid: "the values in front of the sigmoid",
};

function checkLikeness({ data, rows, columns }: Logits, path: string): void {
  const likeness = likelyKind({ data, rows, columns });
  if (likeness === undefined) return;
  throw new BadInput(
    `${path}: ${likenessText(likeness, rows)}; give ` +
      `${
        REMEDIES[likeness.kind]
      } if they are, or --as-logits if they are logits`,
  );
}
