/// <reference lib="dom" />
/** Script of an index page: its explorer. */
import type { ExplorerData } from "./explorer_data.ts";
import { pageData } from "./page_data.ts";
import { mountReliabilityExplorer } from "./reliability_explorer.ts";

const section = document.querySelector<HTMLElement>(".explorer")!;
await mountReliabilityExplorer(
  section.querySelector<HTMLElement>(".explored")!,
  pageData<ExplorerData>("explorer-data"),
);
section.hidden = false;
