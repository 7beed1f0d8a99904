import { TurnContext } from "botbuilder-core";
import { Botkit, type BotkitMessage, type BotWorker } from "botkit";

type Middleware = {
  run(
    bot: BotWorker,
    message: BotkitMessage,
    done: (error: unknown, bot: BotWorker, message: BotkitMessage) => void,
  ): void;
};

/**
 * Botkit whose turns end. In Botkit 4.15 a handler that throws leaves the promise of the turn pending
 * for ever and the process with an unhandled rejection; here the turn rejects.
 */
export class SafeBotkit extends Botkit {
  override async handleTurn(context: TurnContext): Promise<void> {
    const { activity } = context;
    const incoming = {
      ...activity.channelData,
      type: activity.type,
      user: activity.from.id,
      text: activity.text,
      channel: activity.conversation.id,
      value: activity.value,
      reference: TurnContext.getConversationReference(activity),
      context,
      incoming_message: activity,
    } as BotkitMessage;
    context.turnState.set("botkitMessage", incoming);
    const dialogs = await this.dialogSet.createContext(context);
    const bot = await this.spawn(dialogs);
    const [, message] = await this.passThrough(
      this.middleware.receive as unknown as Middleware,
      bot,
      incoming,
    );
    const result = await dialogs.continueDialog();
    if (result.status === "empty") await this.trigger(message.type, bot, message);
    await this.saveState(bot);
  }

  private passThrough(
    middleware: Middleware,
    bot: BotWorker,
    message: BotkitMessage,
  ): Promise<[BotWorker, BotkitMessage]> {
    return new Promise((resolve, reject) => {
      middleware.run(bot, message, (error, nextBot, nextMessage) =>
        error ? reject(error) : resolve([nextBot, nextMessage]),
      );
    });
  }
}
