import PDFDocument from 'pdfkit';

/** An invoice as a PDF file of one page, line by line. */
export function pdfOf(title: string, lines: readonly string[]): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: 56, info: { Title: title } });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<Buffer>((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
  document.fontSize(16).text(title).moveDown().fontSize(10);
  for (const line of lines) document.text(line);
  document.end();
  return done;
}
