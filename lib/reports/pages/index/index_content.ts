import type { ShownTable } from "../../tables/table_html.ts";
import type { ExplorerData } from "../../interactive/explorer_data.ts";
import type { ImageRows, RestoredRows } from "../../interactive/image_rows.ts";
import type { OneImage } from "../../interactive/one_image.ts";
import type { IndexData } from "./index_data.ts";

/** A figure of the profile, or of another one of which a page shows it. */
export interface IndexFigure {
  /** File name without extension, such as `04-reliability`. */
  readonly name: string;
  /** A whole SVG document. */
  readonly svg: string;
  /** Path relative to the page. */
  readonly path: string;
}

/** A table that a notebook saved as a headline. */
export interface IndexTable {
  /** File name without extension. */
  readonly name: string;
  readonly table: ShownTable;
  /** The same table in full precision; undefined if it was not saved. */
  readonly csv: string | undefined;
}

/** One executed notebook. */
export interface IndexNotebook {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  /** ISO 8601. */
  readonly finished: string;
}

/** What, when and where; the part of a manifest that a page shows. */
export interface Provenance {
  readonly profile: string;
  readonly summary: string;
  /** ISO 8601. */
  readonly written: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly device: string;
  readonly commit: { readonly hash: string; readonly dirty: boolean } | null;
  readonly seconds: number;
  readonly notebooks: readonly IndexNotebook[];
  readonly runs: readonly string[];
}

/** Another profile with a page. */
export interface Sibling {
  readonly profile: string;
  readonly summary: string;
}

/** Everything that an index page is made of. */
export interface IndexContent {
  readonly provenance: Provenance;
  readonly data: IndexData;
  readonly tables: readonly IndexTable[];
  /** Sentences that notebooks saved as headlines. */
  readonly sentences: readonly string[];
  readonly figures: readonly IndexFigure[];
  /** Paths of all tables and figures, relative to the page. */
  readonly files: readonly string[];
  readonly siblings: readonly Sibling[];
  /** SHA-256 of the profile's tables, figures, headlines and data. */
  readonly dataHash: string;
  /** Style rules. */
  readonly css: string;
  /** The page's script: sorting and copying. */
  readonly script: string;
  /** The networks that a reader explores; undefined if none are saved. */
  readonly explored: ExplorerData | undefined;
  /** The image that a reader smooths; undefined if none is saved. */
  readonly oneImage: OneImage | undefined;
  /** Images that a reader looks at; undefined if none are saved. */
  readonly looked:
    | { readonly data: ImageRows; readonly rows: RestoredRows }
    | undefined;
  /** The bundle of `index_script.ts`, which fills the explorers. */
  readonly explorerScript: string;
}

/** Whether conclusions may be drawn: not from the profile `smoke`. */
export function isConclusive({ provenance }: IndexContent): boolean {
  return provenance.profile !== "smoke";
}

/** A part of the page with its heading. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly html: string;
}
