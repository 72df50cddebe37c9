import { tf } from "../engine/engine.ts";
import { isFolder } from "../files/folders.ts";
import type { EpochRecord } from "./history.ts";

type SummaryWriter = ReturnType<typeof tf.node.summaryFileWriter>;

/** The name of each number in TensorBoard. */
const TAGS: Readonly<Record<string, Exclude<keyof EpochRecord, "epoch">>> = {
  "loss/train": "trainLoss",
  "loss/validation": "validationLoss",
  "accuracy/validation": "validationAccuracy",
  "learning rate": "learningRate",
  "seconds": "seconds",
  "images per second": "imagesPerSecond",
};

/**
 * Writes the history of a training for TensorBoard, with the engine's own writer;
 * the step of each number is its epoch. An interrupted training that continues adds
 * to the folder.
 */
export class TensorboardLog {
  readonly #writer: SummaryWriter;
  /** Whether the folder has the epochs before those of this training. */
  readonly #continued: boolean;
  #written = 0;

  /** @param folder folder of one training, created if missing */
  constructor(folder: string) {
    this.#continued = hasEvents(folder);
    this.#writer = openWriter(folder);
  }

  /** Writes an epoch of the training that is running. */
  epoch(record: EpochRecord): void {
    const follows = this.#written === 0
      ? this.#continued || record.epoch === 1
      : true;
    // Otherwise the first epochs are missing: `finish()` writes all in order.
    if (follows) this.#write(record);
  }

  /** Writes what is missing of a finished training. */
  finish(history: readonly EpochRecord[]): void {
    if (this.#continued) return;
    for (const record of history) {
      if (record.epoch > this.#written) this.#write(record);
    }
  }

  #write(record: EpochRecord): void {
    for (const [tag, key] of Object.entries(TAGS)) {
      this.#writer.scalar(tag, record[key], record.epoch);
    }
    this.#written = record.epoch;
    this.#writer.flush();
  }
}

/** Opens a writer without the tensors that TensorFlow.js leaves behind. */
function openWriter(folder: string): SummaryWriter {
  let writer!: SummaryWriter;
  tf.tidy(() => {
    writer = tf.node.summaryFileWriter(folder);
    return (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle;
  });
  return writer;
}

function hasEvents(folder: string): boolean {
  return isFolder(folder) &&
    [...Deno.readDirSync(folder)].some(({ name }) => name.includes("tfevents"));
}
