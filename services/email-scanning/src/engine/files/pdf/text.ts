import { type FileBudget, outOfTime } from '../budget.ts';
import type { PdfDocument, PdfStream } from './document.ts';
import type { Rectangle } from './drawn-code.ts';
import { type PdfFont, readFont } from './fonts.ts';
import { PdfReader } from './reader.ts';
import { nameOf, numberOf, type PdfDict, PdfString, type PdfValue, PdfWord } from './values.ts';

const maxOperands = 200;
const maxForms = 3;
const maxFormsInAll = 50;
const maxRectangles = 20_000;

/** What pages show: text in the order in which it is drawn, and images. */
export interface PageContent {
  text: string;
  images: PdfStream[];
}

/** Collects text; where the pen moves tells blanks and line ends. */
class TextPen {
  text = '';
  font: PdfFont | null = null;
  size = 1;
  leading = 0;
  /** Start of the line, and where the last string ended, in the text's own space. */
  #lineX = 0;
  #lineY = 0;
  #x = 0;
  #scale = 1;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get full(): boolean {
    return this.text.length >= this.#max;
  }

  begin(): void {
    this.#lineX = 0;
    this.#scale = 1;
  }

  moveTo(x: number, y: number, scale: number): void {
    this.#scale = Math.abs(scale) || 1;
    const sameLine = Math.abs(y - this.#lineY) < 0.4 * this.size * this.#scale;
    if (!sameLine) this.#gap('\n');
    else if (Math.abs(x - this.#x) > 0.2 * this.size * this.#scale) this.#gap(' ');
    this.#lineX = x;
    this.#lineY = y;
    this.#x = x;
  }

  moveBy(x: number, y: number): void {
    this.moveTo(this.#lineX + x * this.#scale, this.#lineY + y * this.#scale, this.#scale);
  }

  show(value: PdfValue | undefined): void {
    if (!(value instanceof PdfString) || this.full) return;
    const { text, width } = this.font?.show(value.bytes) ?? {
      text: value.bytes,
      width: value.bytes.length * 500,
    };
    this.text += text;
    this.#x += (width / 1_000) * this.size * this.#scale;
  }

  /** Strings with corrections between them, in thousandths: a large one is a blank. */
  showAll(values: PdfValue | undefined): void {
    for (const value of Array.isArray(values) ? values : []) {
      if (typeof value !== 'number') this.show(value);
      else {
        if (value < -180) this.#gap(' ');
        this.#x -= (value / 1_000) * this.size * this.#scale;
      }
    }
  }

  #gap(blank: string): void {
    if (this.text !== '' && !/\s$/.test(this.text.slice(-1))) this.text += blank;
  }
}

/** Reads the contents of pages (ISO 32000-1, 9.4), with the forms that they draw. */
export class ContentReader {
  readonly #document: PdfDocument;
  readonly #budget: FileBudget;
  readonly #pen: TextPen;
  readonly #fonts = new Map<PdfValue, PdfFont>();
  readonly images: PdfStream[] = [];
  readonly rectangles: Rectangle[] = [];
  #forms = 0;

  constructor(document: PdfDocument, budget: FileBudget, maxText: number) {
    this.#document = document;
    this.#budget = budget;
    this.#pen = new TextPen(maxText);
  }

  get text(): string {
    return this.#pen.text;
  }

  read(content: Buffer, resources: PdfDict, depth = 0): void {
    const reader = new PdfReader(content);
    let operands: PdfValue[] = [];
    let steps = 0;
    for (let value = reader.read(); value !== undefined; value = reader.read()) {
      if (!(value instanceof PdfWord)) {
        if (operands.length < maxOperands) operands.push(value);
        continue;
      }
      if (++steps % 500 === 0 && (this.#pen.full || outOfTime(this.#budget))) return;
      if (value.word === 'ID') skipImage(reader);
      else this.#run(value.word, operands, resources, depth);
      operands = [];
    }
    if (this.#pen.text !== '') this.#pen.text += '\n';
  }

  #run(operator: string, operands: PdfValue[], resources: PdfDict, depth: number): void {
    const pen = this.#pen;
    const [first, second] = operands;
    switch (operator) {
      case 'BT':
        pen.begin();
        return;
      case 'Tf':
        pen.font = this.#font(nameOf(first), resources);
        pen.size = Math.abs(numberOf(second, 1)) || 1;
        return;
      case 'TL':
        pen.leading = numberOf(first);
        return;
      case 'Td':
        pen.moveBy(numberOf(first), numberOf(second));
        return;
      case 'TD':
        pen.leading = -numberOf(second);
        pen.moveBy(numberOf(first), numberOf(second));
        return;
      case 'Tm':
        pen.moveTo(numberOf(operands[4]), numberOf(operands[5]), numberOf(first, 1));
        return;
      case 'T*':
        pen.moveBy(0, -(pen.leading || pen.size));
        return;
      case 'Tj':
        pen.show(first);
        return;
      case 'TJ':
        pen.showAll(first);
        return;
      case "'":
        pen.moveBy(0, -(pen.leading || pen.size));
        pen.show(first);
        return;
      case '"':
        pen.moveBy(0, -(pen.leading || pen.size));
        pen.show(operands[2]);
        return;
      case 're':
        if (this.rectangles.length < maxRectangles && operands.length === 4)
          this.rectangles.push([
            numberOf(first),
            numberOf(second),
            numberOf(operands[2]),
            numberOf(operands[3]),
          ]);
        return;
      case 'Do':
        this.#draw(nameOf(first), resources, depth);
        return;
    }
  }

  #font(name: string, resources: PdfDict): PdfFont | null {
    const entry = this.#document.dictOf(resources.get('Font')).get(name);
    const dict = this.#document.dictOf(entry);
    if (dict.size === 0) return null;
    const known = this.#fonts.get(dict);
    if (known) return known;
    const font = readFont(this.#document, dict);
    this.#fonts.set(dict, font);
    return font;
  }

  #draw(name: string, resources: PdfDict, depth: number): void {
    const stream = this.#document.streamOf(this.#document.dictOf(resources.get('XObject')).get(name));
    if (!stream) return;
    const kind = nameOf(this.#document.resolve(stream.dict.get('Subtype')));
    if (kind === 'Image') {
      if (this.images.length < 10 && !this.images.includes(stream)) this.images.push(stream);
    } else if (kind === 'Form' && depth < maxForms && this.#forms++ < maxFormsInAll) {
      const content = this.#document.decode(stream)?.bytes;
      const own = this.#document.dictOf(stream.dict.get('Resources'));
      if (content) this.read(content, own.size > 0 ? own : resources, depth + 1);
    }
  }
}

/** Passes over the bytes of an image that stands in the content itself. */
function skipImage(reader: PdfReader): void {
  for (let at = reader.bytes.indexOf('EI', reader.at + 1); at >= 0; at = reader.bytes.indexOf('EI', at + 2)) {
    const before = reader.bytes[at - 1] ?? 0;
    const after = reader.bytes[at + 2] ?? 32;
    if (before <= 32 && after <= 32) {
      reader.at = at + 2;
      return;
    }
  }
  reader.at = reader.bytes.length;
}
