import { afterAll, beforeAll, expect, it } from "vitest";
import { readHotlineMapping } from "../../../db/queries/hotline.ts";
import { ADMIN_TOKEN_ACTOR } from "../../../services/http/auth.ts";
import { importRegistryAs } from "../../../services/workflows/change-registry.ts";
import { type Api, openApi } from "../../support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

const bring = (...lines: string[]) =>
  importRegistryAs(
    api.database,
    api.office,
    {
      files: new Map([
        ["hotline-mapping.csv", Buffer.from(["line,kind,theirs,ours", ...lines].join("\n"))],
      ]),
      prune: false,
      amend: true,
    },
    ADMIN_TOKEN_ACTOR,
  );

it("a hotline's words are imported, and wrong ones named with what to do", async () => {
  const outcome = await bring(
    "hotline12345,field,红灯时间,dueAt",
    "hotline12345,category,市容-垃圾,env.binOverflow",
    "hotline8890,answer,已回复,answered",
  );
  expect(outcome).toMatchObject({ ok: true });
  const mapping = await readHotlineMapping(api.database, "hotline12345");
  expect(mapping.fieldOf("红灯时间")).toBe("dueAt");
  expect(mapping.categoryOf("市容-垃圾")).toBe("env.binOverflow");
  expect((await readHotlineMapping(api.database, "hotline8890")).wordOf("answered")).toBe("已回复");
  const wrong = await bring(
    "hotline12345,field,甲,nothing",
    "hotline12345,category,乙,no.such",
    "hotline12345,field,红灯时间,keep",
    "hotline8890,answer,办好了,answered",
  );
  const problems = wrong.ok ? [] : wrong.problems.map(({ line, column }) => `${line} ${column}`);
  expect(problems).toEqual(["2 ours", "3 ours", "4 theirs", "5 ours"]);
});
