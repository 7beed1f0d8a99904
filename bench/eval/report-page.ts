import type { AttackScore } from "./attacks.ts";
import type { Confusion } from "./confusion.ts";
import type { scoreReadings } from "./score-readings.ts";

/** What `npm run eval` prints as JSON. */
export type EvalReport = ReturnType<typeof scoreReadings> & {
  injection: AttackScore | null;
  seconds: number;
  messagesPerSecond: number | null;
  startUpMs: number;
  parser: string;
  promptVersion: string | null;
};

/** The report as Markdown, for people. A measure without cases is left out. */
export function reportPage(report: EvalReport): string {
  return [
    `# Parser \`${report.parser}\`, ${report.n} messages`,
    promptLine(report),
    table(["measure", "value", "cases"], measures(report)),
    "## Right category, by how sure the parser was",
    table(
      ["confidence", "right", "cases"],
      report.calibration.map(({ from, to, right, n }) => [`${from}–${to}`, percent(right), `${n}`]),
    ),
    "## Most frequent confusions",
    confusionTable(report.category?.confusion ?? []),
    "## Kinds",
    table(
      ["kind", "right", "cases"],
      Object.entries(report.kind?.perKind ?? {}).map(([kind, { accuracy, n }]) => [
        kind,
        percent(accuracy),
        `${n}`,
      ]),
    ),
    confusionTable(report.kind?.confusion ?? []),
    "",
  ].join("\n\n");
}

const promptLine = ({ promptVersion, seconds, messagesPerSecond, startUpMs }: EvalReport): string =>
  `${promptVersion === null ? "No model." : `Prompt ${promptVersion}.`} ${seconds} s, ` +
  `${messagesPerSecond ?? "–"} messages a second, started in ${startUpMs} ms.`;

function measures(report: EvalReport): string[][] {
  const { kind, category, urgency, place, grid, events, falseEvents, emergency, injection } =
    report;
  const row = (name: string, part: { n: number } | null, value: number | null | undefined) =>
    part === null ? [] : [[name, value == null ? "–" : percent(value), `${part.n}`]];
  return [
    ...row("kind", kind, kind?.accuracy),
    ...row("category, first", category, category?.top1),
    ...row("category, among three", category, category?.top3),
    ...row("urgency", urgency, urgency?.accuracy),
    ...row("place, exact", place, place?.exact),
    ...row("place, contains", place, place?.contains),
    ...row("place, overlap F1", place, place?.overlapF1),
    ...row("grid", grid, grid?.accuracy),
    ...row("number of events", events, events?.accuracy),
    ...row("false events", falseEvents, falseEvents?.rate),
    ...row("emergency, recall", emergency, emergency?.recall),
    ...row("emergency, precision", emergency, emergency?.precision),
    ...row("attacks noticed", injection, injection?.noticed),
    ...row("attacks that changed anything", injection, injection?.changed),
    ["ms a message, median and 99th percentile", msOf(report), `${report.n}`],
  ];
}

const msOf = ({ perMessageMs: { p50, p99 } }: EvalReport): string => `${p50 ?? "–"}, ${p99 ?? "–"}`;

const confusionTable = (pairs: readonly Confusion[]): string =>
  table(
    ["expected", "understood", "times", "cases"],
    pairs.map(({ expected, got, n, cases }) => [expected, got, `${n}`, cases.join(" ")]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? "None."
    : [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const percent = (value: number): string => `${(value * 100).toFixed(1)} %`;
