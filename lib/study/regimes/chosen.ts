import { numberTitle } from "../../tune/grid.ts";
import type { ChosenPoint } from "../../tune/choose.ts";
import type { TuningPlan } from "../profile.ts";
import type { TunedPlan } from "../tuning.ts";
import type { RegimeCell } from "./cell.ts";
import type { CellKey } from "./cell_key.ts";

/** The numbers chosen for a method in a cell, as a flat record for tables. */
export interface ChosenNumbers extends CellKey {
  readonly method: string;
  /** Names of the numbers with several candidates: "epsilon, temperature". */
  readonly numbers: string;
  /**
   * Their values, with a star at the smallest or largest of at least three values
   * tried: "0.02*, 4".
   */
  readonly values: string;
  /** Number of candidates. */
  readonly tried: number;
  /** Mean validation log loss of the chosen candidate. */
  readonly logLoss: number;
  readonly accuracy: number;
}

/**
 * Returns the chosen numbers of all methods in each cell. A cell that takes the
 * numbers of another network has none of its own.
 *
 * @param cells one per plan, in the same order
 */
export function chosenNumbers(
  tuned: readonly TunedPlan[],
  cells: readonly RegimeCell[],
): ChosenNumbers[] {
  return tuned.flatMap(({ plan: { tuning, model }, chosen }, i) =>
    tuning === null || tuning.model !== model ? [] : chosen.map((point) => ({
      ...cells[i].key,
      ...chosenRow(tuning, point),
    }))
  );
}

function chosenRow(
  { candidates }: TuningPlan,
  point: ChosenPoint,
): Omit<ChosenNumbers, keyof CellKey> {
  const { method, numbers, tried, atEdge, logLoss, accuracy } = point;
  const rivals = candidates.filter(({ name }) => name === method);
  const choices = (key: string) =>
    new Set(rivals.map((rival) => Reflect.get(rival, key))).size;
  const varied = Object.entries(numbers).filter(([key]) => choices(key) > 1);
  const star = (key: string) =>
    choices(key) > 2 && atEdge.includes(key) ? "*" : "";
  return {
    method,
    numbers: varied.map(([key]) => numberTitle(key)).join(", "),
    values: varied.map(([key, value]) => value + star(key)).join(", "),
    tried,
    logLoss,
    accuracy,
  };
}
