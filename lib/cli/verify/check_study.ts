import { basename } from "node:path";
import { skipDamaged } from "../../files/skip_damaged.ts";
import { datasetPath, openSyntheticStore } from "../../synthetic/store.ts";
import type { SyntheticStudy } from "../../synthetic/studies.ts";

/** What is wrong with the data sets of a synthetic study. */
export interface CheckedStudy {
  /** Experiments without all data sets, such as `ID: 3 of 100 data sets`. */
  readonly missing: readonly string[];
  /** Such as `ID/dataset-003.json has changed`. */
  readonly changed: readonly string[];
}

/**
 * Reads every record of a synthetic study and compares it with its checksum. The
 * records are its results: it keeps no logits.
 *
 * @param root folder of all runs
 * @throws {BadInput} if a folder has data sets of other settings
 */
export async function checkStudy(
  { parts, datasets }: SyntheticStudy,
  root: string,
): Promise<CheckedStudy> {
  const missing: string[] = [];
  const changed: string[] = [];
  for (const spec of Object.values(parts)) {
    const store = await openSyntheticStore(spec, { root });
    const id = basename(store.folder);
    let present = 0;
    for (let dataset = 0; dataset < datasets; dataset++) {
      const name = `${id}/${basename(datasetPath("", dataset))}`;
      const record = await skipDamaged(() => store.read(dataset), () => {
        changed.push(`${name} has changed`);
        present++;
      });
      if (record !== undefined) present++;
    }
    if (present === 0) missing.push(id);
    else if (present < datasets) {
      missing.push(`${id}: ${present} of ${datasets} data sets`);
    }
  }
  return { missing, changed };
}
