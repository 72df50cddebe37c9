import assert from "node:assert/strict";
import {
  describeDevice,
  deviceInfo,
  parseGpu,
  parseMaps,
  processorFeatures,
} from "../../lib/engine/device.ts";
import { engineInfo } from "../../lib/engine/engine.ts";
import { readSpecialFile } from "../../lib/files/read_special_file.ts";

Deno.test("deviceInfo() returns the processor, its memory and the loaded build", () => {
  const { device } = engineInfo();
  const info = deviceInfo(device);
  assert.equal(info.kind, device);
  assert(info.cores >= 1);
  assert(info.memory! > 2 ** 28, "more than 256 MiB");
  assert(["cpu", "cuda"].includes(info.tensorflowBuild!));
});

Deno.test("parseGpu() returns the first GPU, or nulls for an error message", () => {
  const two = "NVIDIA H100 80GB HBM3, 81559\nNVIDIA H200, 143771\n";
  assert.deepEqual(parseGpu(two), {
    name: "NVIDIA H100 80GB HBM3",
    memory: 81559 * 1024 * 1024,
  });
  const failed = "NVIDIA-SMI has failed because it couldn't communicate";
  assert.deepEqual(parseGpu(failed), { name: null, memory: null });
});

Deno.test("deviceInfo() names the processor as Linux does", () => {
  const text = new TextDecoder().decode(readSpecialFile("/proc/cpuinfo"));
  const name = /^model name\s*:\s*(.+)$/m.exec(text)?.[1].trim();
  // /proc/cpuinfo has no name for some processors.
  if (name !== undefined) assert.equal(deviceInfo("cpu").name, name);
});

/** A part of `/proc/cpuinfo` by kind of processor, and its extensions. */
const PROCESSORS: readonly [string, string[]][] = [
  [
    "flags\t\t: fpu sse4_2 fma avx512f avx avx2 avx512_vnni nx\nbugs\t: avx\n",
    ["avx", "avx2", "avx512_vnni", "avx512f", "fma", "sse4_2"],
  ],
  ["Features\t: fp asimd sve2 bf16 crc32\n", ["asimd", "bf16", "sve2"]],
  ["processor\t: 0\n", []],
];

Deno.test("processorFeatures() lists what changes the last digits", () => {
  for (const [text, features] of PROCESSORS) {
    assert.deepEqual(processorFeatures(text), features);
  }
});

Deno.test("parseMaps() finds TensorFlow's library, even in a folder with a space", () => {
  const line = (path: string) =>
    `7f00-7f01 r-xp 00000000 fe:00 12                         ${path}\n`;
  const library = "/my project/site-packages/tensorflow/libtensorflow_cc.so.2";
  assert.equal(parseMaps(line("/lib/libc.so.6") + line(library)), library);
  assert.equal(parseMaps(line("/lib/libc.so.6")), null);
});

Deno.test("describeDevice() omits what is unknown", () => {
  assert.equal(
    describeDevice({
      kind: "gpu",
      name: "NVIDIA H100",
      memory: 80 * 2 ** 30,
      cores: 16,
      tensorflowBuild: "cuda",
    }),
    "NVIDIA H100, 80.0 GiB, TensorFlow's CUDA build",
  );
  assert.equal(
    describeDevice({
      kind: "cpu",
      name: null,
      memory: null,
      cores: 2,
      tensorflowBuild: null,
    }),
    "CPU, 2 cores",
  );
});
