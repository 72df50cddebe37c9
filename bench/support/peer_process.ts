/** A program that answers each line on its standard input with a line. */
export interface PeerProcess {
  /** Sends a JSON value where given, and reads the next answer. */
  ask(question?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a program whose every line is a JSON value. */
export function startPeer(command: string, args: string[]): PeerProcess {
  const process = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = process.stdin.getWriter();
  const reader = process.stdout.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  return {
    ask: async (question) => {
      if (question !== undefined) {
        const line = JSON.stringify(question) + "\n";
        await writer.write(new TextEncoder().encode(line));
      }
      while (!text.includes("\n")) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`${command} ended without an answer`);
        text += value;
      }
      const end = text.indexOf("\n");
      const answer = text.slice(0, end);
      text = text.slice(end + 1);
      return JSON.parse(answer);
    },
    close: async () => {
      await writer.close();
      await process.status;
    },
  };
}
