// Runs a WebAssembly program: `node run.mjs PROGRAM`. A trap is an exception, and so a failure.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const module = await WebAssembly.compile(await readFile(process.argv[2]));
if (WebAssembly.Module.imports(module).length === 0) {
  // wasm32-unknown-unknown: there is nothing but memory, no stdout either.
  const { exports } = await WebAssembly.instantiate(module);
  exports.main(0, 0);
} else {
  const wasi = new WASI({ version: "preview1", env: { TERM: "xterm-256color", LANG: "en_US.UTF-8" } });
  wasi.start(await WebAssembly.instantiate(module, wasi.getImportObject()));
}
