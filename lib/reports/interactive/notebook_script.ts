/// <reference lib="dom" />
/** Script of a notebook's page with figures of points. */
import type { NamedRows } from "./image_rows.ts";
import { pageData } from "./page_data.ts";
import { mountStillFigures } from "./still_figures.ts";

await mountStillFigures(
  document.querySelectorAll<SVGSVGElement>(".figure svg"),
  pageData<NamedRows>("images-data"),
);
