import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { columnTitles, type OrderDocument } from './document.ts';

// The fonts that PDF readers have know Western letters alone; these know Latin, Greek, Cyrillic and more.
const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
const regular = join(fonts, 'DejaVuSans.ttf');
const bold = join(fonts, 'DejaVuSans-Bold.ttf');

const margin = 40;
const size = 8;
const gap = 6;
const footer = 30;

const columns = [
  { key: 'sku', width: 90, align: 'left' },
  { key: 'name', width: 185, align: 'left' },
  { key: 'quantity', width: 80, align: 'right' },
  { key: 'unitPrice', width: 75, align: 'right' },
  { key: 'amount', width: 85, align: 'right' },
] as const;
const tableWidth = columns.reduce((sum, { width }) => sum + width, 0);

type Pdf = PDFKit.PDFDocument;
type Row = Record<(typeof columns)[number]['key'], string>;

/** Numbers become smaller rather than break in two. */
function sizeFor(pdf: Pdf, text: string, width: number): number {
  return Math.min(size, (size * width) / pdf.fontSize(size).widthOfString(text));
}

const cellWidth = (width: number) => width - gap;

function heightOf(pdf: Pdf, row: Row): number {
  const heights = columns.map(({ key, width, align }) =>
    align === 'right' ? size : pdf.fontSize(size).heightOfString(row[key], { width: cellWidth(width) }),
  );
  return Math.max(...heights) + gap;
}

function drawRow(pdf: Pdf, font: string, row: Row): void {
  pdf.font(font);
  const height = heightOf(pdf, row);
  const { y } = pdf;
  let x = margin;
  for (const { key, width, align } of columns) {
    const inner = cellWidth(width);
    pdf.fontSize(align === 'right' ? sizeFor(pdf, row[key], inner) : size);
    pdf.text(row[key], x, y, { width: inner, align, lineBreak: align === 'left' });
    x += width;
  }
  pdf.y = y + height;
  pdf
    .moveTo(margin, pdf.y - gap / 2)
    .lineTo(margin + tableWidth, pdf.y - gap / 2)
    .lineWidth(0.5)
    .stroke('#cccccc');
}

function drawTable(pdf: Pdf, lines: readonly Row[]): void {
  const bottom = pdf.page.height - margin - footer;
  drawRow(pdf, bold, columnTitles);
  for (const line of lines) {
    if (pdf.y + heightOf(pdf.font(regular), line) > bottom) {
      pdf.addPage();
      drawRow(pdf, bold, columnTitles);
    }
    drawRow(pdf, regular, line);
  }
}

function drawFooters(pdf: Pdf, title: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    // Below the margin a text would begin another page.
    pdf.page.margins.bottom = 0;
    pdf.font(regular).fontSize(7);
    const text = `${title}, page ${page + 1} of ${count}`;
    pdf.text(text, margin, pdf.page.height - margin, {
      width: tableWidth,
      align: 'center',
      lineBreak: false,
    });
  }
}

/** The order on pages of A4. */
export async function renderPdf({ title, facts, lines, total }: OrderDocument, at: Date): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    font: regular,
    info: { Title: title, Creator: 'Stockade', CreationDate: at },
  });
  const bytes = buffer(pdf as unknown as AsyncIterable<Buffer>);
  pdf.font(bold).fontSize(16).text(title, margin, margin).moveDown();
  for (const { label, value } of facts) {
    const { y } = pdf;
    pdf.font(bold).fontSize(9).text(label, margin, y, { width: 80 });
    pdf.font(regular).text(value, margin + 90, y, { width: tableWidth - 90 });
  }
  pdf.moveDown(2);
  drawTable(pdf, lines);
  if (pdf.y > pdf.page.height - margin - footer - 20) pdf.addPage();
  pdf.font(bold).fontSize(10);
  pdf.text(`Total ${total}`, margin, pdf.y + gap, { width: tableWidth - gap, align: 'right' });
  drawFooters(pdf, title);
  pdf.end();
  return bytes;
}
