import type { Browser } from "playwright-core";
import { DESK, PHONE, photographer, WALL } from "./take.ts";
import type { Town } from "./town.ts";

const DISPATCHER = "wangchao-dispatcher-1";
const DISTRICT = "district-dispatcher-1";
const HANDLER = "wangchao-huanwei-1";
/** 滨河路解放街口, where the departments of the call are to report. */
const CORNER = { longitude: 120.5121, latitude: 28.5142, accuracy: 15 };

/** @param folder - where the files are put */
export async function takePictures(
  browser: Browser,
  base: string,
  town: Town,
  call: string,
  folder: string,
): Promise<void> {
  const { open, take } = photographer(browser, base, folder);

  const checkInPath = await town.heard("private:zhifa-responder", /\/c\/[\w-]+/);
  const checkIn = await open(null, checkInPath, {
    ...PHONE,
    permissions: ["geolocation"],
    geolocation: CORNER,
  });
  await checkIn.getByRole("button", { name: "我到了" }).waitFor();
  await take(checkIn, "check-in");
  await town.say("zhifa-responder", "district-call", `到了 ${call}`);
  await town.say("wangchao-officer-1", "district-call", `确认到场 ${call} 综合执法`);

  const sandbox = await open(null, "/sandbox", DESK);
  const groups = sandbox.getByRole("navigation", { name: "会话" });
  const search = sandbox.getByPlaceholder("搜索群聊");
  await search.fill("南塘1");
  await groups.getByRole("button", { name: /南塘1网格群/ }).click();
  await search.fill("");
  const event = sandbox.getByRole("log").getByRole("button", { name: /查看事件/ });
  await event.last().click();
  await sandbox.getByRole("complementary", { name: "事件进展" }).waitFor();
  await take(sandbox, "sandbox");

  const queue = await open(DISPATCHER, "/desk", DESK);
  await queue.getByRole("option").first().click();
  await queue.getByRole("article").waitFor();
  await take(queue, "desk");

  const calls = await open(DISTRICT, `/desk/calls?no=${call}`, DESK);
  await calls.getByRole("article").waitFor();
  await take(calls, "calls");

  const cockpit = await open(DISTRICT, "/desk/cockpit?period=all", {
    viewport: { width: 1280, height: 1500 },
  });
  await cockpit.locator("path.grid").first().waitFor();
  await take(cockpit, "cockpit");

  const screen = await open(DISTRICT, "/desk/screen?period=all", WALL);
  await screen.locator("path.grid").first().waitFor();
  await screen.locator("canvas").first().waitFor();
  await take(screen, "screen");

  const todo = await open(HANDLER, "/m/", PHONE);
  const first = todo.getByRole("link", { name: /SJ\d/ }).first();
  await first.waitFor();
  const path = await first.getAttribute("href");
  await take(todo, "phone-todo");
  const work = await open(HANDLER, path ?? "/m/", PHONE);
  await work.getByRole("heading").first().waitFor();
  await take(work, "phone-event");
}
