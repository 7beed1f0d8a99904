import type { ChineseFont } from "./chinese-font.ts";

/** What every PDF of ours shares: its fonts, its page numbers, its bytes. */

export function embedChinese(doc: PDFKit.PDFDocument, { regular, bold }: ChineseFont): void {
  // pdfkit takes opened fonts as well; its types do not know.
  doc.registerFont("regular", regular as unknown as string);
  doc.registerFont("bold", bold as unknown as string);
  doc.font("regular");
}

/** @param foot - stands at the lower left of each page, the number at the right */
export function numberPages(doc: PDFKit.PDFDocument, foot: string, margin: number): void {
  const width = doc.page.width - 2 * margin;
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    // Below the margin pdfkit would begin another page.
    doc.page.margins.bottom = 0;
    const y = doc.page.height - margin;
    doc.font("regular").fontSize(8.5).fillColor("#444444");
    doc.text(foot, margin, y, { width, lineBreak: false });
    doc.text(`第 ${page - start + 1} 页 共 ${count} 页`, margin, y, {
      width,
      align: "right",
      lineBreak: false,
    });
  }
}

export function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on("data", (chunk: Buffer) => chunks.push(chunk));
    doc.on("end", () => resolve(Buffer.concat(chunks)));
    doc.on("error", reject);
  });
}
