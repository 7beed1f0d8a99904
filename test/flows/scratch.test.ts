import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { it } from "vitest";
import { openChat } from "../support/chat.ts";

const A: Record<string, string> = {
  d1: "wangchao-dispatcher-1",
  d2: "wangchao-dispatcher-2",
  hw: "wangchao-huanwei-1",
  zf: "wangchao-zhifa-1",
  zf2: "wangchao-zhifa-2",
  sj: "wangchao-shijian-1",
  pcs: "wangchao-paichusuo-1",
  pr: "wangchao-principal",
  of: "wangchao-officer-1",
  w3: "nantang3-worker",
  w1: "nantang1-worker",
  l2: "nantang-leader-2",
  hb1: "hebin1-worker",
  ld: "liuan-dispatcher-1",
  sup: "district-supervisor",
  dd: "district-dispatcher-1",
  work: "wangchao-work",
  g3: "nantang-3",
  g1: "nantang-1",
  h1: "hebin-1",
  la2: "liuan-2",
};
const out = process.env.STORY_OUT ?? "/tmp/stories/out.txt";
const log = (s: string) => appendFileSync(out, s + "\n");
it("tells", async () => {
  writeFileSync(out, "");
  const chat = await openChat();
  const long = (s: string) => A[s] ?? s;
  const nos: string[] = [];
  const short = (s: string) => s.replace(/SJ20261125-000/g, "#");
  for (const line of readFileSync(process.env.STORY ?? "/tmp/stories/in.txt", "utf8").split("\n")) {
    if (line.trim() === "") continue;
    if (line.startsWith("--")) {
      log("\n" + line);
      continue;
    }
    if (line.startsWith("fresh")) {
      await chat.fresh();
      log("\n=== fresh");
      continue;
    }
    if (line.startsWith("+")) {
      chat.clock.advance({ minutes: Number(line.slice(1)) });
      log(`   (+${line.slice(1)} min)`);
      for (const s of await chat.settle())
        log(`      → ${s.to}: ${s.text.replace(/\n/g, "\n         ")}`);
      continue;
    }
    if (line.startsWith("?")) {
      const rows = await chat.database.rows(sql.raw(line.slice(1)));
      for (const r of rows) log("   " + JSON.stringify(r));
      continue;
    }
    if (line.startsWith("ob")) {
      const rows = await chat.database.rows(
        sql`select subject_no, duty, owner_org, owner_person, due_at from obligations where fulfilled_at is null and canceled_at is null`,
      );
      for (const r of rows) log("   DUTY " + JSON.stringify(r));
      continue;
    }
    const m = /^(\S+)@(\S+?): (.*)$/.exec(line);
    if (!m) {
      log("BAD LINE " + line);
      continue;
    }
    const [, who = "", where = "", text0 = ""] = m;
    const user = long(who);
    const conv = where === "p" ? `private:${user}` : long(where);
    const text = text0.replace(/#(\d)/g, "SJ20261125-000$1").replaceAll("\\n", "\n");
    const started =
      text === "[图]"
        ? await chat.picture(user, conv)
        : text.endsWith("[图]")
          ? await chat.say(user, conv, text.slice(0, -3), {
              attachments: [{ kind: "picture", ref: "p", fileName: null, transcript: null }],
            })
          : await chat.say(user, conv, text);
    log(`\n${who}@${where}: ${text0}`);
    for (const s of started) log(`      → ${s.to}: ${short(s.text).replace(/\n/g, "\n         ")}`);
    const [k] = await chat.database.rows<{ kind: string }>(
      sql`select kind from inbox order by id desc limit 1`,
    );
    log(`      [${k?.kind}]`);
    void nos;
  }
  await chat.close();
}, 120_000);
