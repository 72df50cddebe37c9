import { checkSetting } from "../setting_rules.ts";
import { TRAINING_SETTINGS } from "./settings.ts";

/** A learning rate that falls at milestones. */
export interface Schedule {
  /** Initial learning rate, greater than 0. */
  readonly learningRate: number;
  /** When it falls: fractions of the maximum number of epochs, in (0, 1), increasing. */
  readonly milestones: readonly number[];
  /** Factor of the learning rate at each milestone, in (0, 1]. */
  readonly gamma: number;
}

/**
 * Throws unless all numbers of a schedule are in range.
 *
 * @throws {BadInput} naming the key
 */
export function checkSchedule(schedule: Schedule): void {
  for (const key of ["learningRate", "milestones", "gamma"] as const) {
    checkSetting(key, schedule[key], TRAINING_SETTINGS[key]);
  }
}

/**
 * The learning rate of an epoch: the initial one times `gamma` for each milestone
 * that has passed.
 *
 * @param epoch number of the epoch, from 0
 * @param epochs maximum number of epochs
 */
export function learningRateAt(
  { learningRate, milestones, gamma }: Schedule,
  epoch: number,
  epochs: number,
): number {
  // The first epoch has the initial rate even if there are few epochs.
  const passed = milestones
    .filter((m) => epoch >= Math.max(1, Math.round(m * epochs)));
  return learningRate * gamma ** passed.length;
}
