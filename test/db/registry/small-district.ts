import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The registry files of the smallest district in which everything refers to something. */
export const SMALL_DISTRICT = {
  "orgs.csv": [
    "code,type,name,parent_code,platform",
    "D,district,云山区,,",
    "S,street,清溪街道,D,",
    "C,community,清溪社区,S,",
    "ZF,department,云山区综合行政执法局,D,lawEnforcement",
    "HW,station,清溪街道环卫所,S,lawEnforcement",
  ],
  "grids.csv": [
    "code,name,community_code,class,kind,lng,lat,boundary",
    "G1,清溪1网格,C,1,ordinary,120.100,28.50,",
  ],
  "people.csv": [
    "id,name,org_code,roles,grid_codes,phone,dingtalk_user_id",
    "worker,甲,C,gridWorker,G1,13800000001,ding-1",
    "dispatcher,乙,S,dispatcher;streetOfficer,,,ding-2",
  ],
  "groups.csv": [
    "channel,conversation_id,name,kind,grid_code,org_code",
    "dingtalk,cid+/1==,清溪1网格群,resident,G1,C",
    "dingtalk,cid-2,清溪街道工作群,work,,S",
  ],
  "addresses.csv": [
    "code,name,aliases,kind,grid_code,lng,lat",
    "A1,清溪花园,花园;清溪小区,estate,G1,120.1010,28.5",
    "A2,环山路,,road,,,",
  ],
  "categories.csv": [
    "slug,name,platform,lead,support,standard_code,level,urgency",
    "env.binOverflow,垃圾桶满溢,lawEnforcement,环卫,物业,06042,1,normal",
    "street.occupy,占道经营,lawEnforcement,综合执法,,09006,3,normal",
  ],
  "routing.csv": [
    "category,street_code,lead_org,support_orgs",
    "env.binOverflow,,ZF,",
    "env.binOverflow,S,HW,C;S",
  ],
  "responsibility.csv": [
    "no,name,categories,lead_dept,support_depts,headcount,respond_minutes,arrive_minutes,complete_workdays",
    "1,占道经营整治,street.occupy,ZF,,2,120,60,5",
    "2,其他事项,,ZF,S,,,,",
  ],
  "calendar.csv": ["date,kind", "2026-10-10,workday"],
} as const;

type FileName = keyof typeof SMALL_DISTRICT;
export type Files = Partial<Record<string, readonly string[] | string | Buffer>>;

/** Writes a folder; lines are joined by `newline`, texts and bytes are written as they are. */
export function folderOf(files: Files, newline = "\n"): string {
  const folder = mkdtempSync(join(tmpdir(), "yihu-registry-"));
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const bytes =
      typeof content === "string" || Buffer.isBuffer(content)
        ? content
        : content.map((line) => line + newline).join("");
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

/** The small district with some of its files replaced; `undefined` leaves one out. */
export const smallDistrict = (changes: Files = {}): string =>
  folderOf({ ...SMALL_DISTRICT, ...changes });

/** The lines of one file of the small district and some more. */
export const withLines = (file: FileName, ...lines: string[]): Files => ({
  [file]: [...SMALL_DISTRICT[file], ...lines],
});
