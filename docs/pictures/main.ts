import { findChromium, openBrowser } from "../../test/support/browser.ts";
import { productHome, startProduct } from "../../test/support/product.ts";
import { playCall, playDays } from "./play-days.ts";
import { takePictures } from "./take-pictures.ts";
import { openTown } from "./town.ts";

// `npm run pictures [FOLDER]`: plays some days of the made-up district on an empty data folder and takes
// the pictures of the README, by default into docs.

const chromium = findChromium();
if (chromium === null) process.exit(1);
const home = await productHome();
const product = await startProduct({ ...home.env, SANDBOX: "1" });
const browser = await openBrowser(chromium);
try {
  const town = openTown(product);
  await playDays(town);
  const call = await playCall(town);
  await takePictures(browser, product.url, town, call, process.argv[2] ?? "docs");
} finally {
  await browser.close();
  await product.stop();
  await home.remove();
}
