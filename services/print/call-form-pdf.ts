import PDFDocument from "pdfkit";
import type { CallForm } from "./call-form.ts";
import { chineseFont } from "./chinese-font.ts";
import { collected, embedChinese, numberPages } from "./pdf-pages.ts";

const MARGIN = 50;
const BODY_PT = 10.5;
const SMALL_PT = 8.5;
/** A4 in points, less the margins. */
const WIDTH = 595.28 - 2 * MARGIN;
const DEPARTMENT_COLUMNS = [0.21, 0.08, 0.09, 0.19, 0.17, 0.18, 0.08].map((part) => part * WIDTH);
const LABEL_WIDTH = 88;

/**
 * The form as a PDF of A4 pages, with the signs it uses embedded.
 *
 * @throws FontMissing
 */
export async function callFormPdf(form: CallForm): Promise<Uint8Array> {
  const font = chineseFont();
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 20, left: MARGIN, right: MARGIN },
    bufferPages: true,
    info: { Title: `${form.title} ${form.no}`, Producer: "yihu", Creator: "yihu" },
    lang: "zh-CN",
  });
  const bytes = collected(doc);
  embedChinese(doc, font);

  doc.font("bold").fontSize(20).text(form.title, { align: "center" });
  doc.moveDown(0.3).font("regular").fontSize(BODY_PT);
  doc.text(`编号:${form.no}`, { align: "right" }).moveDown(0.5);

  doc.table({
    columnStyles: [LABEL_WIDTH, WIDTH - LABEL_WIDTH],
    defaultStyle: { padding: 5, border: 0.6, borderColor: "#333333" },
    data: form.facts.map(([label, text]) => [
      { text: label, font: { src: "bold" }, backgroundColor: "#f2f2f2" },
      text,
    ]),
  });

  heading(doc, "呼叫部门");
  doc.fontSize(SMALL_PT + 0.5);
  doc.table({
    columnStyles: DEPARTMENT_COLUMNS,
    defaultStyle: { padding: 4, border: 0.6, borderColor: "#333333" },
    rowStyles: (row) => (row === 0 ? { backgroundColor: "#f2f2f2" } : {}),
    data: [
      form.departments.head.map((text) => ({ text, font: { src: "bold" } })),
      ...form.departments.rows.map((row) => [...row]),
    ],
  });
  doc.fontSize(BODY_PT);

  heading(doc, "街道主要负责同志签批");
  doc.font("regular").text(form.signature);
  doc.moveDown(1.5).text(form.byHand, { align: "right" });
  if (form.closing !== null) {
    heading(doc, "街道结案意见");
    doc.font("regular").text(form.closing);
  }
  numberPages(doc, `${form.no} 打印时间 ${form.printedAt}`, MARGIN);
  doc.end();
  return bytes;
}

function heading(doc: PDFKit.PDFDocument, text: string): void {
  doc.x = MARGIN;
  doc
    .moveDown(0.9)
    .font("bold")
    .fontSize(BODY_PT + 1)
    .text(text, { width: WIDTH })
    .moveDown(0.3);
  doc.font("regular").fontSize(BODY_PT);
}
