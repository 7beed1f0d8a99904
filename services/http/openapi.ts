import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";

const DESCRIPTION = `一呼 (Yihu): residents' messages become events, the command room handles them.

Every call but the health ones wants \`Authorization: Bearer TOKEN\`. People get a token by 「登录」 in chat,
or an administrator makes one by \`POST /api/tokens\`. Times are ISO 8601 with the offset of Asia/Shanghai.
Lists are keyset-paged: give \`nextCursor\` back as \`cursor\`. Errors are RFC 9457 problems with a \`code\`.`;

const TAGS = [
  { name: "reports", description: "What residents tell, from apps and hotlines" },
  { name: "events", description: "Events and what is done to them" },
  { name: "call tickets", description: "Streets call, departments answer (街呼区应)" },
  { name: "hotline orders", description: "Orders of 12345 and 8890: in, out, and their versions" },
  { name: "check-in", description: "What the link in a dispatch message opens (报到)" },
  { name: "alarms", description: "What devices tell, until a person confirms it (告警)" },
  { name: "obligations", description: "Everything that somebody owes by a time" },
  { name: "stats", description: "Rates with numerator, denominator and definition" },
  { name: "report files", description: "Briefs, circulars and ledgers to download (报表)" },
  {
    name: "administration",
    description: "Registry, limits, calendar, lists, classifiers, retention",
  },
  { name: "audit", description: "Who did, tried or looked at what" },
  { name: "sessions", description: "Who is signed in on the pages" },
  { name: "tokens", description: "Bearer tokens of people" },
  { name: "health", description: "For those who run it" },
];

/** `swagger-ui` loads its own files and nothing else. */
const DOCS_POLICY = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"],
};

type Document = ReturnType<typeof jsonSchemaTransformObject>;

/** Drops named schemas that nothing refers to: each is made once as taken in and once as given out. */
function withoutUnused(document: Document): Document {
  const { components } = document as { components?: { schemas?: Record<string, unknown> } };
  const schemas = { ...components?.schemas };
  for (;;) {
    const text = JSON.stringify({ ...document, components: { schemas } });
    const unused = Object.keys(schemas).find(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    if (unused === undefined) {
      return { ...document, components: { ...components, schemas } } as Document;
    }
    delete schemas[unused];
  }
}

/** Describes every route that is registered afterwards, at `/api/openapi.json` and `/api/docs`. */
export function describeApi(app: FastifyInstance): void {
  app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "一呼 (Yihu)", description: DESCRIPTION, version: "1" },
      tags: TAGS,
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  });
  app.register(swaggerUi, {
    routePrefix: "/api/docs",
    staticCSP: DOCS_POLICY,
    uiConfig: { validatorUrl: null, persistAuthorization: false },
    theme: { title: "一呼 API" },
  });
  app.register(async (open) => {
    open.get("/api/openapi.json", { schema: { hide: true } }, () => app.swagger());
  });
}
