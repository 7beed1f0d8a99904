import { context, type Span, SpanStatusCode, trace } from "@opentelemetry/api";

// Spans carry names, routes and numbers of rows, never words and nobody's id. Without an endpoint
// nothing is registered, and what follows costs next to nothing.

const tracer = trace.getTracer("yihu");

export type SpanFacts = Readonly<Record<string, string | number>>;

/** Runs `work` as a span of its own below the present one; what it throws is noted and thrown on. */
export function traced<T>(name: string, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes: { ...facts } }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({
        code: SpanStatusCode.ERROR,
        message: error instanceof Error ? error.name : "unknown",
      });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Begins a span that something else ends, and goes on inside it. */
export function beginSpan(name: string, facts: SpanFacts, goOn: () => void): Span {
  const span = tracer.startSpan(name, { attributes: { ...facts } });
  context.with(trace.setSpan(context.active(), span), goOn);
  return span;
}

/**
 * Sends spans as OTLP over HTTP to a collector: at most every five seconds, and what is left when it is
 * stopped. A collector that is away costs nothing but its spans.
 *
 * @param endpoint - its base address: `/v1/traces` is added
 */
export async function startTracing(
  endpoint: string,
  product: { version: string; site: string },
): Promise<() => Promise<void>> {
  const { BatchSpanProcessor, NodeTracerProvider } = await import("@opentelemetry/sdk-trace-node");
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      "service.name": "yihu",
      "service.version": product.version,
      "yihu.site": product.site,
    }),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` }),
      ),
    ],
  });
  provider.register();
  return async () => {
    // Stopping must not wait for a collector that is away.
    await provider.shutdown().catch(() => {});
    trace.disable();
    context.disable();
  };
}
