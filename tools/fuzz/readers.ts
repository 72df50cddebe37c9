/** Every reader of files in the project, with valid files that fuzzing changes. */
import { ARRAY_READERS } from "./array_readers.ts";
import { CHECKED_READERS } from "./checked_readers.ts";
import { DATA_READERS } from "./data_readers.ts";
import { JSON_READERS } from "./json_readers.ts";
import type { Reader } from "./reader.ts";
import { RUN_READERS } from "./run_readers.ts";

/** All readers. */
export const READERS: readonly Reader[] = [
  ...ARRAY_READERS,
  ...DATA_READERS,
  ...RUN_READERS,
  ...JSON_READERS,
  ...CHECKED_READERS,
];
