import PDFDocument from "pdfkit";
import { chineseFont } from "../print/chinese-font.ts";
import { collected, embedChinese, numberPages } from "../print/pdf-pages.ts";
import type { ReportBlock, ReportDocument } from "./report-document.ts";

const MARGIN = 50;
/** A4 in points, less the margins. */
const WIDTH = 595.28 - 2 * MARGIN;

/**
 * The report as a PDF of A4 pages, with the signs it uses embedded.
 *
 * @throws FontMissing
 */
export async function documentPdf(report: ReportDocument): Promise<Uint8Array> {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 20, left: MARGIN, right: MARGIN },
    bufferPages: true,
    info: { Title: report.title, Producer: "yihu", Creator: "yihu" },
    lang: "zh-CN",
  });
  const bytes = collected(doc);
  embedChinese(doc, chineseFont());
  doc.font("bold").fontSize(19).text(report.title, { align: "center" });
  doc.moveDown(0.3).font("regular").fontSize(10).text(report.subtitle, { align: "center" });
  for (const block of report.blocks) write(doc, block);
  numberPages(doc, report.title, MARGIN);
  doc.end();
  return bytes;
}

function write(doc: PDFKit.PDFDocument, block: ReportBlock): void {
  doc.x = MARGIN;
  switch (block.kind) {
    case "heading":
      // A heading never stands alone at the foot of a page.
      if (doc.y > doc.page.height - MARGIN - 90) doc.addPage();
      doc.moveDown(0.9).font("bold").fontSize(13).text(block.text, { width: WIDTH });
      doc.moveDown(0.3);
      return;
    case "paragraph":
      doc.font("regular").fontSize(10.5).text(block.text, { width: WIDTH, lineGap: 4 });
      return;
    case "note":
      doc.font("regular").fontSize(8.5).fillColor("#444444");
      doc.text(block.text, { width: WIDTH, lineGap: 1 }).fillColor("#000000");
      return;
    case "table":
      writeTable(doc, block);
  }
}

function writeTable(
  doc: PDFKit.PDFDocument,
  { head, rows, widths }: Extract<ReportBlock, { kind: "table" }>,
): void {
  const whole = widths.reduce((sum, part) => sum + part, 0);
  doc.font("regular").fontSize(8.5);
  doc.table({
    columnStyles: widths.map((part) => (part / whole) * WIDTH),
    defaultStyle: { padding: 4, border: 0.6, borderColor: "#333333" },
    rowStyles: (row) => (row === 0 ? { backgroundColor: "#f2f2f2" } : {}),
    data: [head.map((text) => ({ text, font: { src: "bold" } })), ...rows.map((row) => [...row])],
  });
}
