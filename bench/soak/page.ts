import type { SoakViolations } from "./invariants.ts";
import type { Stretch } from "./sampled.ts";

export interface SoakReport {
  measuredAt: string;
  product: string;
  node: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  minutes: number;
  perSecond: number;
  reportsInHundred: number;
  instances: number;
  messages: number;
  acknowledged: number;
  reports: number;
  duties: number;
  stretches: Stretch[];
  violations: SoakViolations;
}

/** The report as a page to keep beside the others. */
export function soakPage(report: SoakReport): string {
  const { stretches, violations } = report;
  const rows = stretches.map(
    (one) =>
      `| ${one.fromMinute} | ${one.messages} | ${one.ack.p50} / ${one.ack.p99} | ${one.handled.p50} / ${one.handled.p99} | ${one.sent.p50} / ${one.sent.p99} | ${one.memoryMb.join(" / ")} | ${one.waiting} |`,
  );
  return `# Soak: ${report.minutes} minutes at ${report.perSecond} messages a second

\`BENCH_DATABASE_URL=postgres://… node --import tsx bench/soak.ts --minutes ${report.minutes} --per-second ${report.perSecond} --reports ${report.reportsInHundred} --report FILE.md\`

${report.measuredAt}, ${report.cpu}, ${report.cores} cores, ${report.memoryGb} GB, Node ${report.node}, Yihu ${report.product}. ${report.instances} instances, PostgreSQL and the simulated DingTalk on one machine.

${report.messages} messages, ${report.acknowledged} acknowledged, ${report.reports} of them reports, each a matter of its own; ${report.duties} duties fell due meanwhile. Milliseconds are p50 / p99: *ack* from a frame's push to its acknowledgement, *handled* from stored to handled, *sent* from written to sent. Memory is the largest of each instance.

| from minute | messages | ack ms | handled ms | sent ms | memory MB | waiting at most |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

| must be 0 | cases |
| --- | --- |
${Object.entries(violations)
  .map(([name, count]) => `| ${name} | ${count} |`)
  .join("\n")}
`;
}
