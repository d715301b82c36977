import type { TokenizerCallbacks } from 'htmlparser2';
import { limits } from '../limits.ts';
import type { Link } from '../types.ts';
import { blocks, voids } from './elements.ts';
import { colorAttributes, Facts } from './facts.ts';
import { sheetOf } from './sheet.ts';
import { type Attributes, Stack } from './stack.ts';

/** The attributes that somebody asks for; event handlers are looked at besides. */
const wanted = new Set(
  'href xlink:href src style class id hidden color bgcolor text background alt width height action method type http-equiv content data srcdoc formaction'.split(
    ' ',
  ),
);
const letter = /^\p{L}/u;
const scheme = /^\s*(javascript|vbscript|data)\s*:/i;
const maxHidden = 2_000_000;
/** Of a link's text. */
export const maxLinkText = 500;

/** What one page says, while its tokens come in. */
export class Page implements TokenizerCallbacks {
  readonly #html: string;
  readonly #stack: Stack;
  readonly facts = new Facts();
  readonly links: Link[] = [];
  text = '';
  hidden = '';
  brokenWords = 0;
  #link: Link | null = null;
  #tag = '';
  #attributes: Attributes = {};
  #attribute = '';
  #value = '';
  /** Whether the last character on the screen is a letter, and whether something hidden came after it. */
  #inWord = false;
  #gap = false;

  constructor(html: string) {
    this.#html = html;
    this.#stack = new Stack(sheetOf(html));
  }

  ontext(start: number, end: number): void {
    const { silent, name } = this.#stack.top;
    if (silent) {
      if (name === 'script') this.facts.code(this.#html.slice(start, end));
      return;
    }
    this.#add(this.#html.slice(start, end));
  }

  ontextentity(codepoint: number): void {
    if (!this.#stack.top.silent) this.#add(String.fromCodePoint(codepoint));
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#html.slice(start, end).toLowerCase();
    this.#attributes = {};
  }

  onattribname(start: number, end: number): void {
    const name = this.#html.slice(start, Math.min(end, start + 50)).toLowerCase();
    this.#attribute = wanted.has(name) || name.startsWith('on') ? name : '';
    this.#value = '';
  }

  onattribdata(start: number, end: number): void {
    if (this.#attribute !== '') this.#value += this.#html.slice(start, end);
  }

  onattribentity(codepoint: number): void {
    if (this.#attribute !== '') this.#value += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    const name = this.#attribute;
    if (name === '') return;
    if (!wanted.has(name)) this.facts.handler(this.#value);
    else if (this.#attributes[name] === undefined) this.#attributes[name] = this.#value;
  }

  onopentagend(): void {
    this.#open(false);
  }

  /** In HTML the stroke before the bracket says nothing, in SVG, MathML and Office's own elements it ends the element. */
  onselfclosingtag(): void {
    this.#open(this.#stack.has('svg') || this.#stack.has('math') || this.#tag.includes(':'));
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, Math.min(end, start + 50)).toLowerCase();
    if (blocks.has(name)) this.#break();
    if (voids.has(name)) return;
    if (name === 'a') this.#link = null;
    if (name === 'form') this.facts.endForm();
    this.#stack.close(name);
  }

  oncomment(): void {}
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #open(ended: boolean): void {
    const name = this.#tag;
    const attributes = this.#attributes;
    if (blocks.has(name)) this.#break();
    const target = attributes.href ?? attributes['xlink:href'];
    for (const address of [target, attributes.src, attributes.action, attributes.data]) {
      if (address === undefined || !scheme.test(address)) continue;
      if (/^\s*(java|vb)/i.test(address)) this.facts.scripts++;
      if (!/^\s*data\s*:\s*image\//i.test(address)) this.facts.code(address);
    }
    this.facts.tag(name, attributes, this.#link !== null);
    colorAttributes(name, attributes);
    if (!ended && !voids.has(name)) this.#stack.open(name, attributes);
    if (name === 'a') this.#link = null;
    if ((name === 'a' || name === 'area') && target !== undefined && this.links.length < limits.links * 4) {
      const link: Link = { href: target.trim().slice(0, 2_000), text: '', from: 'html' };
      this.links.push(link);
      if (name === 'a') this.#link = link;
    }
  }

  #break(): void {
    if (this.#stack.top.concealed) this.hidden += '\n';
    else this.text += '\n';
    this.#inWord = false;
    this.#gap = false;
  }

  #add(data: string): void {
    const text = data.includes('\n') ? data.replaceAll('\n', ' ') : data;
    if (this.#stack.top.concealed) {
      if (this.hidden.length < maxHidden) this.hidden += text;
      if (this.#inWord && text.trim() !== '') this.#gap = true;
      return;
    }
    if (this.#gap) {
      if (letter.test(text)) this.brokenWords++;
      this.#gap = false;
    }
    this.text += text;
    const last = text.charCodeAt(text.length - 1) | 32;
    this.#inWord = (last >= 97 && last <= 122) || last > 0xbf;
    if (this.#link && this.#link.text.length < maxLinkText) this.#link.text += text;
  }
}
