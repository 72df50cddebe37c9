/// <reference lib="dom" />
/** Script of an index page: its explorers. */
import type { ExplorerData } from "./explorer_data.ts";
import { mountImagesExplorer } from "./images_explorer.ts";
import type { ImageRows } from "./image_rows.ts";
import type { OneImage } from "./one_image.ts";
import { pageData } from "./page_data.ts";
import { mountReliabilityExplorer } from "./reliability_explorer.ts";
import { mountTargetExplorer } from "./target_explorer.ts";

/** Fills and shows an explorer, if the page has its data. */
async function mount<Data>(
  name: string,
  fill: (container: HTMLElement, data: Data) => void | Promise<void>,
): Promise<void> {
  const section = document.querySelector<HTMLElement>(`#${name}-explorer`);
  if (section === null) return;
  await fill(
    section.querySelector<HTMLElement>(".explored")!,
    pageData<Data>(`${name}-data`),
  );
  section.hidden = false;
}

await mount<OneImage>("targets", mountTargetExplorer);
await mount<ExplorerData>("reliability", mountReliabilityExplorer);

const images = document.querySelector<HTMLElement>("#images-explorer");
if (images !== null) {
  await mountImagesExplorer(images, pageData<ImageRows>("images-data"));
}
