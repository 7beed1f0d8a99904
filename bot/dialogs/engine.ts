import {
  type Activity,
  BotAdapter,
  type ConversationReference,
  type ResourceResponse,
  type Storage,
  type StoreItems,
  TurnContext,
} from "botbuilder-core";
import type { BotkitConversation, BotWorker } from "botkit";
import { SafeBotkit } from "./safe-botkit.ts";

/** What Botkit remembers of an unfinished dialog; opaque, kept in the database between messages. */
export type DialogState = Record<string, unknown>;

/** One turn of a dialog: what it says, what to remember, and what came out if it is over. */
export interface DialogTurn {
  said: string[];
  /** null when the dialog is over */
  state: DialogState | null;
  /** the dialog's variables once it is over */
  result: Record<string, unknown> | null;
}

export interface DialogEngine {
  begin(dialog: string, vars: Record<string, unknown>): Promise<DialogTurn>;
  /** @param facts - what is known of the answer besides its text; dialogs read it, they decide nothing */
  answer(state: DialogState, text: string, facts: Record<string, unknown>): Promise<DialogTurn>;
}

/**
 * Runs dialogs of several turns on Botkit. Botkit is known in this folder alone; it opens no port and
 * keeps no state of its own, so that any instance can take the next message of a conversation.
 */
export function createDialogEngine(
  define: (botkit: SafeBotkit) => BotkitConversation[],
): DialogEngine {
  return {
    begin: (dialog, vars) =>
      oneTurn(define, null, { text: "", facts: {} }, async (bot) => {
        await bot.beginDialog(dialog, vars);
      }),
    answer: (state, text, facts) => oneTurn(define, state, { text, facts }, null),
  };
}

async function oneTurn(
  define: (botkit: SafeBotkit) => BotkitConversation[],
  state: DialogState | null,
  heard: { text: string; facts: Record<string, unknown> },
  start: ((bot: BotWorker) => Promise<void>) | null,
): Promise<DialogTurn> {
  const storage = new TurnStorage(state);
  const adapter = new TurnAdapter();
  const botkit = new SafeBotkit({
    adapter,
    storage,
    disable_webserver: true,
    disable_console: true,
  });
  let result: Record<string, unknown> | null = null;
  for (const conversation of define(botkit)) {
    botkit.addDialog(conversation);
    conversation.after(async (vars: Record<string, unknown>) => {
      result = vars;
    });
  }
  if (start !== null) botkit.on("message", async (bot: BotWorker) => start(bot));
  await adapter.receive(heard.text, heard.facts, (context) => botkit.handleTurn(context));
  return { said: adapter.said, state: result === null ? storage.state : null, result };
}

/** The state of one conversation, handed in before the turn and taken out after it. */
class TurnStorage implements Storage {
  state: DialogState | null;
  constructor(state: DialogState | null) {
    this.state = state;
  }
  async read(keys: string[]): Promise<StoreItems> {
    return this.state === null
      ? {}
      : Object.fromEntries(keys.map((key) => [key, structuredClone(this.state)]));
  }
  async write(changes: StoreItems): Promise<void> {
    for (const value of Object.values(changes))
      this.state = JSON.parse(JSON.stringify({ ...value, eTag: "*" }));
  }
  async delete(): Promise<void> {
    this.state = null;
  }
}

/** Collects what is said; the product sends it by its own outbox. */
class TurnAdapter extends BotAdapter {
  readonly name = "Yihu";
  readonly said: string[] = [];

  async sendActivities(
    _context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    return activities.map((activity, index) => {
      if (activity.text) this.said.push(activity.text);
      return { id: String(index) };
    });
  }
  async updateActivity(): Promise<void> {}
  async deleteActivity(): Promise<void> {}
  async continueConversation(
    reference: Partial<ConversationReference>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    const request = TurnContext.applyConversationReference({ type: "event" }, reference, true);
    await this.runMiddleware(new TurnContext(this, request), logic);
  }

  async receive(
    text: string,
    facts: Record<string, unknown>,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    // The conversation has one constant key: which lane it is, is the caller's business.
    const activity = {
      id: "turn",
      type: "message",
      channelId: "yihu",
      conversation: { id: "lane" },
      from: { id: "speaker", name: "" },
      recipient: { id: "bot", name: "bot" },
      text,
      channelData: { facts },
    } as unknown as Partial<Activity>;
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }
}
