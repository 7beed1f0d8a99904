import { wordsIn } from "../../look/language.ts";
import { callStep } from "../../look/names.ts";
import type { ActField, ActForm } from "../act/forms.ts";
import type { Call } from "../api.ts";

const words = wordsIn(
  {
    headcount: "到几个人",
    present: "到场人数",
    minutes: "晚到几分钟",
    done: "做了什么",
    note: "说明",
    reason: "理由",
    site: "现场情况",
    arrive: "我到了",
    respond: "响应,会到场",
    confirm: (dept: string) => `确认到场:${dept}`,
    sign: "同意签批",
    dones: ["已劝离", "已清理", "已当场整改", "已立案查处"],
    declines: ["不属于本部门职责", "没有可派人员"],
  },
  {
    headcount: "How many will come",
    present: "How many are there",
    minutes: "Minutes late",
    done: "What was done",
    note: "Note",
    reason: "Reason",
    site: "What is seen on site",
    arrive: "I am here",
    respond: "Respond: we come",
    confirm: (dept: string) => `Confirm arrival: ${dept}`,
    sign: "Sign it",
    dones: ["Persuaded to leave", "Cleared away", "Put right on the spot", "A case was opened"],
    declines: ["Not our duty", "Nobody can be sent"],
  },
);

type Action = Call["allowed"][number];
type Response = Call["responses"][number];

const text = (
  name: string,
  label: string,
  required: boolean,
  usual?: readonly string[],
): ActField => ({ name, kind: "text", label, required, ...(usual === undefined ? {} : { usual }) });

const form = (
  action: Action,
  fields: readonly ActField[],
  more: Partial<ActForm> = {},
): ActForm => ({
  id: action,
  action,
  title: callStep(action),
  fields,
  photos: [],
  ...more,
  command: { action, ...more.command },
});

/** The own department's row, where the reader is of one. */
export const ownResponse = (call: Call, orgCode: string | null): Response | undefined =>
  call.responses.find(({ deptCode, releasedAt }) => deptCode === orgCode && releasedAt === null);

/** What this person may do to the call on the phone. Dispatching and closing want the desk's table. */
export function callForms(call: Call, orgCode: string | null): ActForm[] {
  const w = words();
  const own = ownResponse(call, orgCode);
  const people = own?.promised ?? own?.headcount ?? 1;
  const count = (label: string): ActField => ({
    name: "headcount",
    kind: "number",
    label,
    required: true,
    start: people,
  });
  const forms: ActForm[] = [
    form("respond", [count(w.headcount)], { title: w.respond }),
    form("checkIn", [count(w.present)], { title: w.arrive, photos: ["arrival"], locates: true }),
    form("complete", [text("note", w.done, true, w.dones)], { photos: ["before", "after"] }),
    form("eta", [
      {
        name: "minutes",
        kind: "number",
        label: w.minutes,
        required: true,
        start: 15,
        most: 600,
        usual: [10, 20, 30, 60],
      },
    ]),
    form("decline", [text("reason", w.reason, true, w.declines)], { danger: true }),
    form("approve", [text("note", w.note, false)], { title: w.sign }),
    form("rejectApproval", [text("reason", w.reason, true)], { danger: true }),
    ...arrivals(call).map((response) =>
      form("confirmArrival", [text("note", w.note, false)], {
        id: `confirm:${response.deptCode}`,
        title: w.confirm(response.deptName ?? response.deptCode),
        command: { deptCode: response.deptCode },
      }),
    ),
    form("siteLog", [text("note", w.site, true)]),
    form("answer", [text("note", w.note, true)]),
    form("urge", [text("note", w.note, false)]),
    form("archive", []),
  ];
  return forms.filter(({ action }) => isOpen(call, action as Action, own));
}

/** Departments whose arrival the street may confirm; who says so first. */
const arrivals = (call: Call): Response[] =>
  call.responses
    .filter(({ releasedAt, checkIn }) => releasedAt === null && checkIn === null)
    .sort((a, b) => Number(b.claim !== null) - Number(a.claim !== null));

function isOpen(call: Call, action: Action, own: Response | undefined): boolean {
  if (!call.allowed.includes(action)) return false;
  switch (action) {
    case "respond":
      return own !== undefined && own.checkIn === null && own.status !== "accepted";
    case "eta":
    case "decline":
      return own !== undefined && own.checkIn === null && own.status !== "declined";
    case "checkIn":
      return own !== undefined && own.checkIn === null;
    case "complete":
      return own?.checkIn != null && own.completedAt === null;
    default:
      return true;
  }
}

/** What is offered the loudest; null where the call waits for somebody else. */
export function mainCallForm(
  call: Call,
  forms: readonly ActForm[],
  orgCode: string | null,
): ActForm | null {
  const own = ownResponse(call, orgCode);
  const claims = call.responses.filter(({ claim, checkIn }) => claim !== null && checkIn === null);
  const wanted =
    own?.status === "notified"
      ? ["respond", "checkIn"]
      : ["checkIn", "complete", "approve", ...claims.map(({ deptCode }) => `confirm:${deptCode}`)];
  return wanted.flatMap((id) => forms.find((one) => one.id === id) ?? [])[0] ?? null;
}
