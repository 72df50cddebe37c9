import { checkSetting } from "../setting_rules.ts";
import { TRAINING_SETTINGS } from "./settings.ts";

/** When and by how much the learning rate falls. */
export interface Schedule {
  /** Greater than 0. */
  readonly learningRate: number;
  /** Fractions of all epochs, in (0, 1), rising. */
  readonly milestones: readonly number[];
  /** Factor at each milestone, in (0, 1]. */
  readonly gamma: number;
}

/** @throws {BadInput} if a number is out of its range */
export function checkSchedule(schedule: Schedule): void {
  for (const key of ["learningRate", "milestones", "gamma"] as const) {
    checkSetting(key, schedule[key], TRAINING_SETTINGS[key]);
  }
}

/**
 * The multi-step learning rate of an epoch: multiplied by `gamma` once for each
 * milestone that lies behind.
 *
 * @param epoch counted from 0
 */
export function learningRateAt(
  { learningRate, milestones, gamma }: Schedule,
  epoch: number,
  epochs: number,
): number {
  // No milestone lies behind the first epoch, however few there are.
  const passed = milestones
    .filter((m) => epoch >= Math.max(1, Math.round(m * epochs)));
  return learningRate * gamma ** passed.length;
}
