import { computed, reactive, ref, watch } from "vue";
import {
  type Conversation,
  fetchConversations,
  fetchLines,
  fetchPeople,
  type LastLine,
  type Line,
  type Person,
  say,
} from "./api.ts";
import { createFocus } from "./focus.ts";
import type { News } from "./live.ts";
import { makeId } from "./make-id.ts";
import { lastNumberIn } from "./numbers.ts";
import type { ChosenPicture } from "./picture.ts";
import { createProductTime } from "./product-time.ts";
import { remember, remembered } from "./remembered.ts";
import { findSpeaker, residentNamed, type Speaker } from "./speakers.ts";
import { emptyThread, fetchAfter, merge, type Pending, type Thread } from "./thread.ts";

const PAGE = 60;
/** Longer than the bot ever thinks; afterwards the page stops promising an answer. */
const ANSWER_WITHIN_MS = 12_000;

export type Chat = ReturnType<typeof createChat>;

/** Everything the page knows and does. Components show it and call it; they keep nothing of their own. */
export function createChat() {
  const groups = ref<Conversation[]>([]);
  const privateChats = ref<Conversation[]>([]);
  const people = ref<Person[]>([]);
  const turns = new Map<string, Promise<void>>();
  const threads = reactive(new Map<string, Thread>());
  const openId = ref<string | null>(null);
  /** the open conversation is in sight: not behind the list of a phone, not in another tab */
  const inSight = ref(true);
  const notice = ref("");
  const state = ref<"loading" | "ready" | "unreachable">("loading");
  const time = createProductTime();
  const focus = createFocus();

  const conversations = computed(() => [...groups.value, ...privateChats.value]);
  const find = (id: string) => conversations.value.find((one) => one.conversationId === id) ?? null;
  const current = computed(() => (openId.value === null ? null : find(openId.value)));
  const thread = computed(() => (openId.value === null ? null : threadOf(openId.value)));

  function threadOf(id: string): Thread {
    const known = threads.get(id);
    if (known !== undefined) return known;
    threads.set(id, emptyThread(usualSpeaker(id)));
    return threads.get(id) as Thread;
  }

  /** Whoever spoke here last; else whom one expects in such a conversation. */
  function usualSpeaker(id: string): Speaker {
    if (id.startsWith("private:")) return findSpeaker(people.value, id.slice("private:".length));
    const before = remembered().speakers[id];
    if (before !== undefined) return findSpeaker(people.value, before);
    const group = find(id);
    const role = { work: "dispatcher", call: "streetOfficer" }[group?.kind as "work" | "call"];
    const official = people.value.find(
      (person) =>
        person.roles.includes(role) &&
        (group?.kind === "call" || person.streetCode === group?.orgCode),
    );
    return official === undefined
      ? residentNamed("李阿姨")
      : findSpeaker(people.value, official.id);
  }

  function privateChatOf(userId: string, last: LastLine | null = null): Conversation {
    const conversationId = `private:${userId}`;
    const known = privateChats.value.find((one) => one.conversationId === conversationId);
    if (known !== undefined) {
      known.last = last ?? known.last;
      return known;
    }
    const chat: Conversation = {
      conversationId,
      name: findSpeaker(people.value, userId).name,
      kind: "private",
      channel: "sandbox",
      orgCode: null,
      orgName: null,
      gridCode: null,
      gridName: null,
      examplePlace: null,
      last,
    };
    privateChats.value = [...privateChats.value, chat];
    return privateChats.value.find((one) => one.conversationId === conversationId) ?? chat;
  }

  async function load() {
    try {
      const [found, cast] = await Promise.all([fetchConversations(), fetchPeople(), time.read()]);
      people.value = cast;
      groups.value = found.items;
      for (const chat of found.privateChats) privateChatOf(chat.userId, chat.last);
      if (found.newestEventNo !== null) void focus.look(found.newestEventNo);
      state.value = "ready";
    } catch (problem) {
      state.value = "unreachable";
      notice.value = said(problem);
    }
  }

  async function open(id: string) {
    if (id.startsWith("private:")) privateChatOf(id.slice("private:".length));
    openId.value = id;
    const opened = threadOf(id);
    opened.unread = 0;
    remember({ conversationId: id });
    if (opened.loaded) return fetchNew(id);
    const lines = await attempt(() => fetchLines(id, { limit: PAGE }));
    if (lines === null) return;
    opened.loaded = true;
    opened.hasEarlier = lines.length === PAGE;
    merge(opened, lines);
    const no = lastEventNo(opened.lines);
    if (no !== null) void focus.look(no);
  }

  async function loadEarlier() {
    const id = openId.value;
    if (id === null) return;
    const earlier = threadOf(id);
    const first = earlier.lines[0];
    if (first === undefined) return;
    const lines = await attempt(() => fetchLines(id, { before: first.id, limit: PAGE }));
    if (lines === null) return;
    earlier.hasEarlier = lines.length === PAGE;
    merge(earlier, lines);
  }

  /** Fetches what came since; counts it as unread where nobody looks. */
  function fetchNew(id: string): Promise<void> {
    // One at a time in each conversation: two at once would count the same lines twice.
    const turn = (turns.get(id) ?? Promise.resolve()).then(() => fetchNewNow(id));
    turns.set(id, turn);
    return turn;
  }

  async function fetchNewNow(id: string) {
    const target = threadOf(id);
    const conversation = id.startsWith("private:")
      ? privateChatOf(id.slice("private:".length))
      : find(id);
    const lastSeen = target.lines.at(-1)?.id ?? conversation?.last?.id;
    const after = target.lines.length > 0 ? fetchAfter(target) : lastSeen;
    const lines = await attempt(() =>
      fetchLines(id, { ...(after === undefined ? {} : { after }), limit: 500 }),
    );
    if (lines === null) return;
    const fresh = lines.filter((line) => lastSeen === undefined || line.id > lastSeen);
    if (target.loaded) merge(target, lines);
    const newest = fresh.at(-1);
    if (newest !== undefined && conversation !== null) conversation.last = newest;
    if (fresh.some((line) => line.from === "bot")) target.waitingSince = null;
    if (id !== openId.value || !inSight.value) {
      target.unread += fresh.filter((line) => line.from === "bot").length;
    }
    const no = lastEventNo(fresh);
    if (id === openId.value && no !== null) void focus.look(no);
  }

  async function hear(news: News) {
    const heard = new Set(news.conversationIds);
    if (openId.value !== null && (news.read || heard.has(openId.value))) {
      heard.add(openId.value);
    }
    await Promise.all([...heard].map(fetchNew));
    void focus.refresh();
  }

  /** After a break: whatever conversation has a newer last line than we know. */
  async function catchUp() {
    const found = await fetchConversations().catch(() => null);
    if (found === null) return;
    const lasts = [
      ...found.items.map((one) => [one.conversationId, one.last?.id] as const),
      ...found.privateChats.map((one) => [one.conversationId, one.last.id] as const),
    ];
    const changed = lasts.filter(([id, last]) => last !== undefined && last !== find(id)?.last?.id);
    await hear({ conversationIds: changed.map(([id]) => id), read: true });
  }

  async function send(text: string, pictures: ChosenPicture[]) {
    const id = openId.value;
    if (id === null || (text.trim() === "" && pictures.length === 0)) return;
    const target = threadOf(id);
    target.draft = "";
    remember({ speakers: { ...remembered().speakers, [id]: target.speaker.userId } });
    target.pending.push({
      messageId: makeId(),
      from: target.speaker.userId,
      text,
      pictures,
      at: time.now(),
      state: "sending",
      problem: "",
    });
    const pending = target.pending.at(-1);
    if (pending !== undefined) await deliver(id, pending);
  }

  /** Sends, or sends again under the same id: the product takes it once. */
  async function deliver(conversationId: string, pending: Pending) {
    const target = threadOf(conversationId);
    pending.state = "sending";
    try {
      await say({
        conversationId,
        userId: pending.from,
        text: pending.text,
        messageId: pending.messageId,
        attachments: pending.pictures.map(({ name, dataBase64 }) => ({
          kind: "picture",
          name,
          dataBase64,
        })),
      });
      const since = Date.now();
      target.waitingSince = since;
      setTimeout(() => {
        if (target.waitingSince === since) target.waitingSince = null;
      }, ANSWER_WITHIN_MS);
      await fetchNew(conversationId);
    } catch (problem) {
      pending.state = "failed";
      pending.problem = said(problem);
    }
  }

  /** Changes who speaks. A private chat belongs to one person: another speaker has another chat. */
  async function speakAs(speaker: Speaker) {
    if (openId.value === null) return;
    if (openId.value.startsWith("private:")) return open(`private:${speaker.userId}`);
    threadOf(openId.value).speaker = speaker;
    remember({ speakers: { ...remembered().speakers, [openId.value]: speaker.userId } });
  }

  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (problem) {
      notice.value = said(problem);
      return null;
    }
  }

  watch(inSight, () => {
    if (inSight.value && thread.value !== null) thread.value.unread = 0;
  });

  let fading: ReturnType<typeof setTimeout> | undefined;
  watch(notice, (text) => {
    clearTimeout(fading);
    if (text !== "") fading = setTimeout(() => (notice.value = ""), 6000);
  });

  const nameOf = (userId: string) =>
    userId === "bot" ? "一呼" : findSpeaker(people.value, userId).name;

  return {
    attempt,
    catchUp,
    conversations,
    current,
    deliver,
    focus,
    groups,
    hear,
    inSight,
    load,
    loadEarlier,
    nameOf,
    notice,
    open,
    openId,
    people,
    privateChats,
    send,
    speakAs,
    state,
    thread,
    threadOf,
    time,
  };
}

const lastEventNo = (lines: readonly Line[]): string | null =>
  lines.map((line) => lastNumberIn(line.text, "SJ")).findLast((no) => no !== null) ?? null;

const said = (problem: unknown): string =>
  problem instanceof Error ? problem.message : "没有办成,请稍后再试。";
