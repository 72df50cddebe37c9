import { parseArrayPath } from "../../files/array_path.ts";
import { IGNORED } from "../../files/arrays/labels_of.ts";
import type { OpenArrays } from "../../files/arrays/open_once.ts";
import { withRows } from "../../files/arrays/with_rows.ts";

/** Labels with which scores are measured. */
export interface UsedLabels {
  /** `[n]`, class indices or `IGNORED`. */
  readonly labels: Int32Array;
  /** Their name in messages, such as `a.npz:labels`. */
  readonly source: string;
}

/**
 * A remark on each file of scores with labels of its own, under the name of those that
 * are used, which differ from them: its rows may be others, or in another order.
 *
 * @param paths of the scores
 */
export async function ownLabelsRemarks(
  paths: readonly string[],
  used: UsedLabels,
  open: OpenArrays,
): Promise<string[]> {
  const remarks = await Promise.all(
    paths.map((path) => ownLabelsRemark(path, used, open)),
  );
  return remarks.filter((remark) => remark !== undefined);
}

async function ownLabelsRemark(
  path: string,
  { labels, source }: UsedLabels,
  open: OpenArrays,
): Promise<string | undefined> {
  const { file: name } = parseArrayPath(path);
  const used = parseArrayPath(source);
  if (used.key === undefined || used.file === name) return undefined;
  const { arrays } = withRows(await open(name), labels.length);
  const own = arrays.find(({ key }) => key === used.key);
  if (own?.type !== "whole" && own?.type !== "boolean") return undefined;
  const { data } = own.read();
  if (data.length !== labels.length) return undefined;
  const differ = labels.reduce(
    (sum, label, i) =>
      sum + Number(label !== IGNORED && label !== Number(data[i])),
    0,
  );
  return differ === 0
    ? undefined
    : `${own.source} differs from ${source} in ${differ} of ${labels.length} ` +
      "rows; all scores are measured with the latter: are the rows in the same " +
      "order?";
}
