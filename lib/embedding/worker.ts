/// <reference lib="deno.worker" />
import { layout } from "./layout.ts";
import type { Reply, Task } from "./tsne.ts";

// One task per worker: `tsne` terminates it when it has the layout.
self.onmessage = ({ data: { points, spec } }: MessageEvent<Task>) => {
  const reply = (message: Reply) => self.postMessage(message);
  const done = layout(points, spec, {
    onProgress: (progress) => reply({ progress }),
    onSearch: (search) => reply({ search }),
  });
  reply({ done });
};
