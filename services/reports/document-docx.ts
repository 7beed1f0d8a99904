import {
  AlignmentType,
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import type { ReportBlock, ReportDocument } from "./report-document.ts";

const FONT = { ascii: "Arial", eastAsia: "宋体", hAnsi: "Arial", cs: "Arial" };
/** Half points. */
const SIZE = { title: 40, subtitle: 21, heading: 28, body: 24, cell: 19, note: 18 };
/** Twentieths of a point: A4 less its margins. */
const WIDTH = 11906 - 2 * 1134;

/** The report as a Word document on A4. */
export async function documentDocx(report: ReportDocument): Promise<Uint8Array> {
  const document = new Document({
    creator: "yihu",
    title: report.title,
    styles: { default: { document: { run: { font: FONT, size: SIZE.body } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1134, bottom: 1134, left: 1134, right: 1134 },
          },
        },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: report.title, bold: true, size: SIZE.title })],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [new TextRun({ text: report.subtitle, size: SIZE.subtitle })],
          }),
          ...report.blocks.map(blockOf),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function blockOf(block: ReportBlock): Paragraph | Table {
  switch (block.kind) {
    case "heading":
      return new Paragraph({
        heading: HeadingLevel.HEADING_1,
        keepNext: true,
        spacing: { before: 280, after: 100 },
        children: [
          new TextRun({ text: block.text, bold: true, size: SIZE.heading, color: "000000" }),
        ],
      });
    case "paragraph":
      return new Paragraph({
        spacing: { line: 360 },
        children: [new TextRun({ text: block.text })],
      });
    case "note":
      return new Paragraph({
        spacing: { before: 40 },
        children: [new TextRun({ text: block.text, size: SIZE.note, color: "444444" })],
      });
    case "table":
      return tableOf(block);
  }
}

function tableOf({ head, rows, widths }: Extract<ReportBlock, { kind: "table" }>): Table {
  const whole = widths.reduce((sum, part) => sum + part, 0);
  const columnWidths = widths.map((part) => Math.round((part / whole) * WIDTH));
  const line = { style: BorderStyle.SINGLE, size: 4, color: "333333" };
  const cell = (text: string, column: number, isHead: boolean) =>
    new TableCell({
      width: { size: columnWidths[column] ?? 0, type: WidthType.DXA },
      borders: { top: line, bottom: line, left: line, right: line },
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      ...(isHead ? { shading: { fill: "F2F2F2" } } : {}),
      children: [
        new Paragraph({ children: [new TextRun({ text, size: SIZE.cell, bold: isHead })] }),
      ],
    });
  return new Table({
    columnWidths,
    width: { size: WIDTH, type: WidthType.DXA },
    rows: [
      new TableRow({
        tableHeader: true,
        children: head.map((text, column) => cell(text, column, true)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, column) => cell(text, column, false)),
          }),
      ),
    ],
  });
}
