/** The sandbox's HTTP interface, as the page uses it. */

export interface LastLine {
  id: string;
  at: string;
  from: string;
  text: string;
}

export type ConversationKind = "resident" | "work" | "call" | "private";

export interface Conversation {
  conversationId: string;
  name: string;
  kind: ConversationKind;
  channel: string;
  orgCode: string | null;
  orgName: string | null;
  gridCode: string | null;
  gridName: string | null;
  examplePlace: string | null;
  last: LastLine | null;
}

export interface Conversations {
  items: Conversation[];
  privateChats: { conversationId: string; userId: string; last: LastLine }[];
  newestEventNo: string | null;
}

export interface Person {
  id: string;
  name: string;
  roles: string[];
  roleNames: string[];
  orgCode: string;
  orgName: string | null;
  streetCode: string | null;
  gridCodes: string[];
  gridNames: string[];
}

export interface UnderstoodItem {
  category: string;
  categoryName: string;
  summary: string | null;
  place: string | null;
  level: number | null;
  levelName: string | null;
  urgency: string | null;
  urgencyName: string | null;
  candidates: { category: string; categoryName: string; score: number }[];
}

export interface Understood {
  kind: string;
  kindName: string;
  items: UnderstoodItem[];
  confidence: number | null;
  by: string | null;
  eventNos: string[];
  /** what an official asked for, in words */
  commandNames: string[];
  /** the text tried to give the bot orders, and was not obeyed */
  injection: boolean;
}

export interface Line {
  id: string;
  at: string;
  from: string;
  text: string;
  messageId: string | null;
  pictures: string[];
  understood: Understood | null;
}

export interface EventStory {
  no: string;
  status: string;
  statusName: string;
  categoryName: string;
  levelName: string;
  urgencyName: string;
  summary: string;
  place: string | null;
  /** when it happened, as said */
  timeText: string | null;
  gridCode: string | null;
  streetCode: string | null;
  reporterCount: number;
  createdAt: string;
  dueAt: string | null;
  assignees: {
    orgCode: string;
    orgName: string;
    personName: string | null;
    role: "lead" | "support";
    signed: boolean;
  }[];
  reporters: { userId: string; conversationId: string; rated: boolean }[];
  suggestedOrg: { code: string; name: string } | null;
  steps: {
    at: string;
    action: string;
    actionName: string;
    statusName: string;
    actor: string;
    note: string | null;
  }[];
}

export interface Saying {
  conversationId: string;
  userId: string;
  text: string;
  messageId: string;
  attachments: { kind: "picture"; name: string; dataBase64: string }[];
}

/** What the product refused, in its own words, or that it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const fetchConversations = () => call<Conversations>("GET", "/sandbox/conversations");

export const fetchPeople = () =>
  call<{ items: Person[] }>("GET", "/sandbox/people").then((answer) => answer.items);

export const fetchStory = (no: string) =>
  call<EventStory>("GET", `/sandbox/events/${encodeURIComponent(no)}`);

export const fetchClock = () => call<{ now: string }>("GET", "/sandbox/clock");

export const moveClock = (to: { advance: string } | { now: string }) =>
  call<{ now: string }>("POST", "/sandbox/clock", to);

export const say = (saying: Saying) =>
  call<{ messageId: string }>("POST", "/sandbox/messages", saying);

export function fetchLines(
  conversationId: string,
  page: { after?: string; before?: string; limit: number },
): Promise<Line[]> {
  const query = new URLSearchParams({ conversationId, limit: String(page.limit) });
  if (page.after !== undefined) query.set("after", page.after);
  if (page.before !== undefined) query.set("before", page.before);
  return call<{ items: Line[] }>("GET", `/sandbox/messages?${query}`).then(
    (answer) => answer.items,
  );
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch {
    throw new ApiError(0, "连不上一呼,请看看它是否还在运行。");
  }
  if (!response.ok) throw new ApiError(response.status, await explanation(response));
  return (await response.json()) as Answer;
}

async function explanation(response: Response): Promise<string> {
  if (response.status === 401) return "需要管理令牌,请刷新页面重新进入。";
  if (response.status === 413) return "图片太大了,请换一张 5 MB 以内的。";
  if (response.status === 415) return "只能发 JPEG、PNG、GIF、WebP 图片。";
  try {
    const problem = (await response.json()) as { detail?: unknown };
    if (typeof problem.detail === "string") return problem.detail;
  } catch {
    // Not every proxy answers with JSON; the status says enough then.
  }
  return `一呼没有办成(${response.status}),请稍后再试。`;
}
