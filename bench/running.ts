import { spawn } from "node:child_process";
import { productHome, type RunningProduct, startProduct } from "../test/support/product.ts";
import { freshDatabase } from "./fresh-database.ts";
import { median, rounded } from "./rate.ts";
import { residentSays } from "./town.ts";

const STARTS = 3;
const LOAD_SECONDS = 30;
const PER_SECOND = 20;

/**
 * The product as its operators run it: from start to ready, and its memory at rest and under load, beside
 * a bare Node with the same loader. The first start, which makes tables and pages, is not counted.
 */
export async function measureRunning() {
  const url = process.env.BENCH_DATABASE_URL;
  const home = await productHome();
  const database = url === undefined ? null : await freshDatabase("main");
  const env = {
    ...home.env,
    SANDBOX: "1",
    ...(database?.url ? { DATABASE_URL: database.url } : {}),
  };
  try {
    await (await startProduct(env)).stop();
    const startsMs: number[] = [];
    const bareMs: number[] = [];
    let bareMb = 0;
    for (let turn = 0; turn < STARTS; turn++) {
      const bare = await startBare();
      bareMs.push(bare.ms);
      bareMb = bare.mb;
      const begun = performance.now();
      const product = await startProduct(env);
      startsMs.push(performance.now() - begun);
      await product.stop();
    }
    const product = await startProduct(env);
    try {
      await pause(5_000);
      const atRest = await residentMb(product);
      const underLoad = await loaded(product);
      return {
        startUp: {
          productMs: median(startsMs),
          baseline: { ms: median(bareMs) },
        },
        memoryMb: { atRest, underLoad, messagesPerSecond: PER_SECOND, baseline: { mb: bareMb } },
      };
    } finally {
      await product.stop();
    }
  } finally {
    await database?.close();
    await home.remove();
  }
}

/** The largest of what it needs while people write at a steady pace. */
async function loaded(product: RunningProduct): Promise<number> {
  let most = 0;
  for (let second = 0; second < LOAD_SECONDS; second++) {
    const until = performance.now() + 1000;
    await Promise.all(
      Array.from({ length: PER_SECOND }, (_, index) => {
        const said = residentSays(second * PER_SECOND + index);
        return product.api("/sandbox/messages", {
          conversationId: "nantang-1",
          userId: said.user,
          text: said.text,
        });
      }),
    );
    most = Math.max(most, await residentMb(product));
    await pause(Math.max(0, until - performance.now()));
  }
  return most;
}

async function residentMb(product: RunningProduct): Promise<number> {
  const answer = await fetch(`${product.url}/metrics`);
  const bytes = /^process_resident_memory_bytes (\S+)/m.exec(await answer.text())?.[1];
  return rounded(Number(bytes) / 1e6);
}

/** Node with the loader and nothing to do. */
function startBare(): Promise<{ ms: number; mb: number }> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--eval", "process.stdout.write(String(process.memoryUsage().rss))"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return new Promise((resolve) => {
    let told = "";
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
    });
    child.on("close", () =>
      resolve({ ms: rounded(performance.now() - begun), mb: rounded(Number(told) / 1e6) }),
    );
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
