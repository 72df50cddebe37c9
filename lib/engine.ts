import "./node_shim.ts";
import * as tf from "@tensorflow/tfjs-node-gpu";
export { tf };
