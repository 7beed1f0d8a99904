import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How the endpoint behaves for the next request; the last one stays. */
export type Behaviour =
  | { answers: unknown }
  | { says: string }
  | { status: number }
  /** as endpoints do that know no structured output: 400 for a schema, the answer otherwise */
  | { refusesSchema: unknown }
  | { waitsMs: number; answers: unknown }
  /** taken in by what it reads: makes its answer of the message between the delimiters */
  | { obeys: (message: string) => string }
  /** begins to answer and never ends */
  | { trickles: string }
  | { hangsUp: true };

export interface ModelServer {
  baseUrl: string;
  /** bodies of the requests that came in */
  asked: { messages: { content: string }[]; response_format?: { type: string } }[];
  behave(...next: Behaviour[]): void;
  stop(): Promise<void>;
}

/** A local endpoint that speaks the OpenAI chat protocol and behaves as the test wants. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: ModelServer["asked"] = [];
  let script: Behaviour[] = [{ status: 500 }];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await bodyOf(request));
    asked.push(body);
    const behaviour = script.length > 1 ? script.shift() : script[0];
    if (behaviour !== undefined) await act(behaviour, body, response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    behave(...next) {
      script = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function act(
  behaviour: Behaviour,
  body: ModelServer["asked"][number],
  response: ServerResponse,
): Promise<void> {
  if ("hangsUp" in behaviour) response.destroy();
  else if ("status" in behaviour) refuse(response, behaviour.status);
  else if ("obeys" in behaviour) complete(response, behaviour.obeys(messageIn(body)));
  else if ("trickles" in behaviour) {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(behaviour.trickles);
  } else if ("says" in behaviour) complete(response, behaviour.says);
  else if ("refusesSchema" in behaviour) {
    if (body.response_format?.type === "json_schema") refuse(response, 400);
    else complete(response, JSON.stringify(behaviour.refusesSchema));
  } else {
    if ("waitsMs" in behaviour)
      await new Promise((later) => setTimeout(later, behaviour.waitsMs).unref());
    complete(response, JSON.stringify(behaviour.answers));
  }
}

/** What a careless model would take for the message: all after the first delimiter of its own line. */
function messageIn(body: ModelServer["asked"][number]): string {
  const prompt = body.messages[0]?.content ?? "";
  return (
    prompt
      .slice(prompt.lastIndexOf("<message>\n") + "<message>\n".length)
      .split("\n</message>")[0] ?? ""
  );
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: { message: "no", type: "invalid_request_error" } }));
}

function complete(response: ServerResponse, content: string): void {
  if (response.destroyed) return;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(
    JSON.stringify({
      id: "x",
      object: "chat.completion",
      created: 0,
      model: "m",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
