import { optional, path, type Values } from "./flags.ts";
import { outputFile } from "./output_flags.ts";

/** Flags of a page about scores. */
export const reportFlags = {
  report: optional(
    outputFile("R.html", "also write an HTML page with diagrams", ".html"),
  ),
  images: optional(
    path(
      "X.npy",
      "images of the test rows, which the page shows: (rows, height, width) or " +
        "(rows, height, width, channels)",
    ),
  ),
};

/** Values of `reportFlags`. */
export type ReportValues = Values<typeof reportFlags>;
