import { createHash } from "node:crypto";
import type { CallForm } from "./call-form.ts";

const STYLE = `
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font-size: 9pt; } }
body { max-width: 178mm; margin: 8mm auto; padding: 0 4mm; color: #000; background: #fff; font: 11pt/1.5 "Songti SC", SimSun, "Noto Serif CJK SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", serif; overflow-wrap: anywhere; }
h1 { margin: 0 0 4mm; text-align: center; font-size: 20pt; }
h2 { margin: 6mm 0 2mm; font-size: 12pt; break-after: avoid; }
.no { margin: 0 0 3mm; text-align: right; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 1.5mm 2mm; border: 0.3mm solid #333; text-align: left; vertical-align: top; white-space: pre-line; }
th { background: #f2f2f2; font-weight: 700; }
.facts th { width: 32mm; }
.departments { font-size: 9.5pt; }
.departments th, .departments td:nth-child(2), .departments td:nth-child(3), .departments td:nth-child(7) { white-space: nowrap; }
.departments td:nth-child(4), .departments td:nth-child(5) { min-width: 27mm; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
p { margin: 0; white-space: pre-line; }
.by-hand { margin-top: 8mm; white-space: pre; text-align: right; }
footer { margin-top: 6mm; color: #444; font-size: 9pt; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
`;

/** Nothing but the page's own style; no script, nothing from elsewhere. */
export const CALL_FORM_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The form as a page that prints well on A4. */
export function callFormHtml(form: CallForm): string {
  const { head, rows } = form.departments;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${form.title} ${form.no}`)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head><body>
<h1>${escaped(form.title)}</h1>
<p class="no">编号:${escaped(form.no)}</p>
<table class="facts"><tbody>
${form.facts.map(([label, text]) => `<tr><th scope="row">${escaped(label)}</th><td>${escaped(text)}</td></tr>`).join("\n")}
</tbody></table>
<h2>呼叫部门</h2>
<table class="departments"><thead><tr>${head.map((text) => `<th scope="col">${escaped(text)}</th>`).join("")}</tr></thead><tbody>
${rows.map((row) => `<tr>${row.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`).join("\n")}
</tbody></table>
<h2>街道主要负责同志签批</h2>
<p>${escaped(form.signature)}</p>
<p class="by-hand">${escaped(form.byHand)}</p>
${form.closing === null ? "" : `<h2>街道结案意见</h2>\n<p>${escaped(form.closing)}</p>`}
<footer>${escaped(form.no)} 打印时间 ${escaped(form.printedAt)}</footer>
</body></html>`;
}

const SIGNS: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
