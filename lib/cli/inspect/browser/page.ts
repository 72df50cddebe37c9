/// <reference lib="dom" />
/** Script of the page: files go to a worker, and what it measures is shown. */
import { pageData } from "../../../reports/interactive/page_data.ts";
import { chosenValues } from "./chosen_values.ts";
import { commandText } from "./command_text.ts";
import { DownloadBar } from "./download_bar.ts";
import { FileList } from "./file_list.ts";
import type { PageData } from "./page_assets.ts";
import { takeFiles } from "./take_files.ts";
import type { Reply, Request } from "./messages.ts";
import { addIntervals, showReport } from "./report_view.ts";
import { saveFile } from "./save_file.ts";
import { settingsForm } from "./settings_form.ts";
import { StatusLine } from "./status_line.ts";

const { workerScript, example, report } = pageData<PageData>("inspect-data");
const byId = (id: string) => document.getElementById(id)!;

// A worker of type "module" does not start in a page from disk.
const worker = new Worker(
  URL.createObjectURL(new Blob([workerScript], { type: "text/javascript" })),
);
const ask = (request: Request) => worker.postMessage(request);

const status = new StatusLine(byId("status"), byId("refusal"));
const list = new FileList({
  changed: inspect,
  removed: (name) => ask({ kind: "close", name }),
});
const settings = settingsForm(inspect);
const downloads = new DownloadBar(byId("downloads"), { ask, report });
byId("files").append(list.node);
byId("settings").append(settings.node);
takeFiles(byId("drop"), { open, example });
byId("clear").addEventListener("click", () => {
  list.clear();
  status.clear("file");
  inspect();
});

function open(files: readonly File[]): void {
  status.clear("file");
  for (const file of files) ask({ kind: "open", file });
}

/** Measures the chosen files, or says what is missing. */
function inspect(): void {
  const parts = list.read();
  const values = chosenValues(parts, settings.read());
  byId("chosen").hidden = parts.length === 0;
  byId("command").textContent = values === undefined ? "" : commandText(values);
  status.clear("scores");
  hideReport();
  if (values !== undefined) {
    ask({ kind: "inspect", values });
  } else if (parts.length > 0) {
    status.show(
      "Add test scores and their labels, or change what files are used as.",
    );
  }
}

function hideReport(): void {
  byId("report").replaceChildren();
  downloads.hide();
}

worker.addEventListener(
  "error",
  ({ message }) => status.refuse(message, "scores"),
);
worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
  receive(data).catch((error) => status.refuse(String(error), "scores"));
});

async function receive(reply: Reply): Promise<void> {
  switch (reply.kind) {
    case "opened":
      list.add(reply.name, reply.parts);
      return inspect();
    case "progress":
      return status.progress(reply.text);
    case "inspected": {
      const { data, isFinal } = reply;
      downloads.show(reply);
      if (data.resamples > 0) addIntervals(byId("report"), data);
      else await showReport(byId("report"), data);
      return isFinal ? status.show("Done.") : undefined;
    }
    case "file":
      return saveFile(reply.name, reply.content);
    case "refused":
      return status.refuse(reply.message, reply.of);
  }
}
