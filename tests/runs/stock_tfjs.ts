/**
 * Uses an exported model as a web page does: fetches it and predicts, with the
 * package @tensorflow/tfjs only. It is a separate program, as the tests use
 * another engine. Its argument is the address of the files; it reads
 * `{ pixels, batch }` as JSON from standard input.
 */
import { createRequire } from "node:module";

const tf = createRequire(import.meta.url)("@tensorflow/tfjs");
await tf.setBackend("cpu");
const [address] = Deno.args;
const { pixels, batch } = await new Response(Deno.stdin.readable).json();

const about = await (await fetch(`${address}/about.json`)).json();
const model = await tf.loadLayersModel(`${address}/model.json`);
const { unit, mean, std } = about.normalisation;
const images = tf.tensor(pixels, [batch, ...about.input.slice(1)])
  .div(unit).sub(mean).div(std);
const answer = JSON.stringify({
  backend: tf.getBackend(),
  classes: about.classNames,
  logits: [...model.predict(images).dataSync()],
});
Deno.stdout.writeSync(new TextEncoder().encode(answer));
