// A worker thread begins without the loader that its parent was started with.
import { workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
await import(workerData.run);
