import type { MandateProposal } from "../../services/domain/mandate-proposal.ts";

/** The recurring cases without an owner, for the 三定 office. */
export function mandateList(
  year: string,
  proposals: readonly MandateProposal[],
  categoryName: (slug: string) => string,
  orgName: (code: string) => string,
): string {
  if (proposals.length === 0) return `${year}年没有同类两件以上的疑难事项。`;
  return [`${year}年常态性疑难事项(拟提交编办纳入三定方案修改):`, ...proposals.map(line)].join(
    "\n",
  );

  function line(one: MandateProposal, index: number): string {
    const { consult, specialReport, return: returned, decline } = one.signs;
    const counts = [
      consult === 0 ? "" : `会商${consult}`,
      specialReport === 0 ? "" : `专报${specialReport}`,
      returned === 0 ? "" : `退单${returned}`,
      decline === 0 ? "" : `不响应${decline}`,
    ].filter((part) => part !== "");
    const refused =
      one.refusedBy.length === 0 ? "" : `;退回的单位:${one.refusedBy.map(orgName).join("、")}`;
    return `${index + 1}. ${categoryName(one.category)} ${one.cases}件(${counts.join("、")})${refused};如 ${one.examples.at(-1) ?? ""}`;
  }
}
