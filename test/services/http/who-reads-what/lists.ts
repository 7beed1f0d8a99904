/** Lists and searches that may hold one of the things, and which things they must hold. */
export const LISTS: Readonly<Record<string, readonly string[]>> = {
  "/api/events?limit=100": ["event", "confidential event", "complaint about officials"],
  "/api/events?steps=false&source=groupMessage": ["event", "confidential event"],
  "/api/events?q=没人倒的桶": ["event"],
  "/api/events?q=怕报复": ["confidential event"],
  "/api/events?q=网格员态度": ["complaint about officials"],
  "/api/events?q=老王": [],
  "/api/events?q=R-PLACED-1": ["event"],
  "/api/events?mine=true": [],
  "/api/call-tickets?dept=SLQ-ZF": ["call"],
  "/api/alarms?limit=100": ["alarm", "alarm in a home"],
  "/api/hotline/12345/orders?q=R-": ["hotline order", "order that waits"],
  "/api/report-files?limit=100": ["report file"],
  "/api/obligations?limit=200": [],
  "/api/obligations?state=fulfilled&limit=200": [],
  "/api/looking": [],
  "/api/patrols": [],
  "/api/stats/list?measure=created&limit=100": [],
  "/api/stats/list?measure=open&limit=100": [],
  "/api/stats/list?measure=arrivalRate&part=denominator&limit=100": [],
  "/api/stats/map": [],
};

/** What else is asked for by GET, and why no object of the table can stand in it. */
export const NEITHER: Readonly<Record<string, string>> = {
  "GET /api/changes": "numbers alone, of everything; what they mean is asked for",
  "GET /api/reports/:messageId": "whoever has the id that the report was answered with",
  "GET /api/call-tickets/:no/form.pdf": "printed from the form, which is asked for",
  "GET /api/directory": "names of organisations and categories",
  "GET /api/policy": "limits",
  "GET /api/session": "the reader's own",
  "GET /api/sessions": "the reader's own",
  "GET /api/sign-in": "which doors there are",
  "GET /api/openapi.json": "what there is to ask",
};

/** The administrator's own, told by every-route.test.ts. */
export const ADMINISTRATION =
  /^GET \/api\/(?:docs|registry|calendar|limits|classifiers|prompts|disagreements|groups|responsibility|retention|privacy|webhooks|alarm-sources)(?:\/|$)/;
