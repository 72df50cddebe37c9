import { isText } from "./cell_number.ts";
import type { CellRecord, Separator } from "./delimited_records.ts";

/** A cell of text among numbers. */
export interface OddCell {
  readonly cell: string;
  /** Number of its line in the file, from 1. */
  readonly line: number;
}

/** Numbers as people write them: 12.5 %, 1,234.50, and a minus sign of typography. */
const WRITTEN =
  /^[-+\u2212\u2013]?(?=[.,]?\d)(?:\d{1,3}(?:[,.'\u00a0\u202f ]\d{3})+|\d*)(?:[.,]\d+)?(?:e[-+\u2212]?\d+)?\s*%?$/i;

/** Counts the cells of a column of text that contain numbers. */
export class NumberCount {
  #numbers = 0;
  #cells = 0;
  #odd: OddCell | undefined;

  /** Counts a cell of a record. */
  add(
    cell: string,
    { line }: Pick<CellRecord, "line">,
    separator: Separator,
  ): void {
    this.#cells++;
    if (!isText(cell, separator)) this.#numbers++;
    else {
      this.#odd ??= { cell, line };
      if (WRITTEN.test(cell)) this.#numbers++;
    }
  }

  /** The first cell that is no number, if more than half of the cells contain one. */
  get odd(): OddCell | undefined {
    return 2 * this.#numbers > this.#cells ? this.#odd : undefined;
  }
}
