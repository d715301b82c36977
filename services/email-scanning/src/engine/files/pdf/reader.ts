import { type PdfDict, PdfName, PdfRef, PdfString, type PdfValue, PdfWord } from './values.ts';

const maxDepth = 40;
const maxString = 64 * 1024;

/** 1: white space, 2: delimiter (ISO 32000-1, 7.2.2). */
const classes = new Uint8Array(256);
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = 1;
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = 2;

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;

/** Reads values from a PDF's bytes, one after the other. Every step moves on, so time is linear; `end` is null. */
export class PdfReader {
  readonly bytes: Buffer;
  at: number;
  readonly #end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.#end = Math.min(end, bytes.length);
  }

  /** The next value; undefined at the end. Closing signs without an opening one come as words. */
  read(depth = 0): PdfValue | undefined {
    this.#skip();
    if (this.at >= this.#end) return undefined;
    const byte = this.bytes[this.at] ?? 0;
    switch (byte) {
      case 0x2f:
        return this.#name();
      case 0x28:
        return this.#string();
      case 0x3c:
        return this.bytes[this.at + 1] === 0x3c ? this.#dict(depth) : this.#hex();
      case 0x5b:
        return this.#array(depth);
      case 0x3e:
        this.at += this.bytes[this.at + 1] === 0x3e ? 2 : 1;
        return new PdfWord('>>');
      case 0x5d:
      case 0x29:
      case 0x7b:
      case 0x7d:
        this.at++;
        return new PdfWord(String.fromCharCode(byte));
    }
    return this.#wordOrNumber();
  }

  #skip(): void {
    while (this.at < this.#end) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte === 0x25) {
        while (this.at < this.#end && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++;
      } else if (classes[byte] !== 1) return;
      else this.at++;
    }
  }

  #regular(): string {
    const from = this.at;
    while (this.at < this.#end && classes[this.bytes[this.at] ?? 0] === 0) this.at++;
    return this.bytes.toString('latin1', from, Math.min(this.at, from + 200));
  }

  #name(): PdfName {
    this.at++;
    const name = this.#regular();
    // Names may be written with hex escapes, which is done to hide them.
    return new PdfName(
      name.includes('#')
        ? name.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
        : name,
    );
  }

  #string(): PdfString {
    let text = '';
    let open = 1;
    for (this.at++; this.at < this.#end; this.at++) {
      const byte = this.bytes[this.at] ?? 0;
      if (byte === 0x5c) {
        text += this.#escape();
        continue;
      }
      if (byte === 0x28) open++;
      else if (byte === 0x29 && --open === 0) {
        this.at++;
        break;
      }
      if (text.length < maxString) text += String.fromCharCode(byte);
    }
    return new PdfString(text);
  }

  /** What follows a backslash; leaves `at` on its last byte. */
  #escape(): string {
    const byte = this.bytes[++this.at];
    if (byte === undefined || byte === 10) return '';
    if (byte === 13) {
      if (this.bytes[this.at + 1] === 10) this.at++;
      return '';
    }
    if (byte < 48 || byte > 55) return escapes[String.fromCharCode(byte)] ?? String.fromCharCode(byte);
    let code = byte - 48;
    for (let count = 1; count < 3; count++) {
      const next = this.bytes[this.at + 1] ?? 0;
      if (next < 48 || next > 55) break;
      code = code * 8 + next - 48;
      this.at++;
    }
    return String.fromCharCode(code & 0xff);
  }

  #hex(): PdfString {
    const from = ++this.at;
    const found = this.bytes.indexOf(0x3e, from);
    const end = found < 0 || found > this.#end ? this.#end : found;
    this.at = end + 1;
    const digits = this.bytes
      .toString('latin1', from, Math.min(end, from + 2 * maxString))
      .replace(/[^0-9a-f]/gi, '');
    return new PdfString(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1'));
  }

  #array(depth: number): PdfValue[] {
    this.at++;
    const values: PdfValue[] = [];
    for (;;) {
      const value = depth < maxDepth ? this.read(depth + 1) : undefined;
      if (value === undefined) return values;
      if (value instanceof PdfWord) {
        if (value.word === ']') return values;
        if (value.word === 'endobj' || value.word === '>>') return values;
        reference(values, value);
      } else values.push(value);
    }
  }

  #dict(depth: number): PdfDict {
    this.at += 2;
    const dict: PdfDict = new Map();
    let key: string | null = null;
    const values: PdfValue[] = [];
    const store = () => {
      if (key !== null && values[0] !== undefined) dict.set(key, values[0]);
      values.length = 0;
    };
    for (;;) {
      const value = depth < maxDepth ? this.read(depth + 1) : undefined;
      if (value === undefined) break;
      if (value instanceof PdfWord) {
        if (value.word === '>>' || value.word === 'endobj') break;
        reference(values, value);
      } else if (value instanceof PdfName && (key === null || values.length > 0)) {
        store();
        key = value.name;
      } else values.push(value);
    }
    store();
    return dict;
  }

  #wordOrNumber(): PdfValue {
    const word = this.#regular();
    if (word === '') {
      this.at++;
      return null;
    }
    const first = word.charCodeAt(0);
    if (isDigit(first) || first === 0x2d || first === 0x2b || first === 0x2e) {
      const number = Number.parseFloat(word);
      if (!Number.isNaN(number)) return number;
    }
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : new PdfWord(word);
  }
}

/** `12 0 R` is read as two numbers and a word: puts the reference in their place. */
function reference(values: PdfValue[], { word }: PdfWord): void {
  if (word !== 'R') return;
  const number = values.at(-2);
  if (typeof number !== 'number' || typeof values.at(-1) !== 'number') return;
  values.length -= 2;
  values.push(new PdfRef(number));
}
