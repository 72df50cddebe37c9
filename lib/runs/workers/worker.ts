/**
 * A process that trains runs one after another. Each line on its standard input
 * is a run, and lines on its standard output report on its training. When the
 * input ends, because the other side closes it or dies, the running training saves
 * its checkpoint and the process ends.
 */
import { BadInput } from "../../bad_input.ts";
import { readLogits } from "../../files/npy.ts";
import { parseMessage } from "../../files/read_json.ts";
import { textLines } from "../../files/text_lines.ts";
import { writeText } from "../../files/write_text.ts";
import { atMostEvery, type Progress } from "../../training/progress.ts";
import { RunLocked } from "../folder.ts";
import { findRun } from "../open.ts";
import { TRAIN_TASK, type TrainTask, type WorkerEvent } from "./messages.ts";

/** Interval of reports on steps. */
const REPORT_MS = 100;

async function train(task: TrainTask, signal: AbortSignal): Promise<void> {
  try {
    await trainTask(task, signal);
    send({ event: "done" });
  } catch (error) {
    send({
      event: "failed",
      reason: error instanceof BadInput
        ? "input"
        : error instanceof RunLocked
        ? "locked"
        : "other",
      message: error instanceof Error
        ? error.message || error.name
        : String(error),
    });
  }
}

async function trainTask(
  { spec, folder, teachers, teacherLogits, noiseFolder, resume }: TrainTask,
  signal: AbortSignal,
): Promise<void> {
  // Imported here, because it loads the engine.
  const { trainHere } = await import("../train_here.ts");
  await trainHere(spec, {
    folder,
    teachers: await Promise.all(teachers.map((folder) => findRun(folder))),
    teacherLogits: teacherLogits && {
      logits: await readLogits(teacherLogits.path),
      source: teacherLogits.source,
    },
    noiseFolder,
    progress: REPORTS,
    resume,
    wait: false,
    signal,
  });
}

const REPORTS: Progress = {
  begin: (title) => send({ event: "begin", title }),
  step: atMostEvery(REPORT_MS, (report) => send({ event: "step", report })),
  epoch: (record) => send({ event: "epoch", record }),
  remark: (text) => send({ event: "remark", text }),
  end: (summary) => send({ event: "end", summary }),
};

/** Sends an event to the parent process, unless that has ended. */
function send(event: WorkerEvent): void {
  writeText(Deno.stdout, JSON.stringify(event) + "\n");
}

if (import.meta.main) {
  const control = new AbortController();
  let work = Promise.resolve();
  for await (const line of textLines(Deno.stdin.readable)) {
    const task = parseMessage(line, TRAIN_TASK, "A run to train");
    // Not awaited, so that the end of the input is seen during training.
    work = train(task, control.signal);
  }
  control.abort();
  await work;
}
