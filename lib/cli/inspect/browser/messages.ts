/** Messages between the page and its worker. */
import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import type { FilePart } from "./file_parts.ts";
import type { Inspected } from "./inspected.ts";
import type { InspectValues } from "./inspect_scores.ts";

/** What the page asks of the worker. */
export type Request =
  | { readonly kind: "open"; readonly file: File }
  | { readonly kind: "close"; readonly name: string }
  | { readonly kind: "inspect"; readonly values: InspectValues }
  | {
    readonly kind: "probabilities";
    readonly model: number;
    readonly by: CalibratorName | null;
    readonly ending: ProbabilityEnding;
  };

/** Formats of calibrated probabilities. */
export type ProbabilityEnding = "npy" | "csv";

/** What the worker tells the page. */
export type Reply =
  | {
    readonly kind: "opened";
    readonly name: string;
    readonly parts: readonly FilePart[];
  }
  | { readonly kind: "progress"; readonly text: string }
  | ({ readonly kind: "inspected" } & Inspected)
  | { readonly kind: "file"; readonly name: string; readonly content: Blob }
  /** A line that the command line would print. */
  | {
    readonly kind: "refused";
    readonly of: "file" | "scores";
    readonly message: string;
  };
