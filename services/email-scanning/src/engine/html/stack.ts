import { type Color, sameColor, transparent } from './colors.ts';
import { blocks, scopes } from './elements.ts';
import type { Sheet } from './sheet.ts';
import { parseStyle, type Style } from './style.ts';

/** An open element, with what it inherits and adds. */
export interface Frame {
  name: string;
  /** Not on the screen, whatever its children say. */
  gone: boolean;
  visible: boolean;
  tiny: boolean;
  color: Color;
  background: Color;
  /** Its own text cannot be seen, by one or the other. */
  concealed: boolean;
  /** Script, style and the like: no text at all. */
  silent: boolean;
}

export type Attributes = Partial<Record<string, string>>;

const maxDepth = 300;
/** How far up an end tag looks for its start tag. */
const reach = 60;
const maxStyles = 5_000;
const maxCached = 500;
const linkColor = 0x0000ee;
const silents = new Set(['script', 'style', 'title', 'template']);

/** What ends an open element of the same family when it begins, and within what. */
const implied = new Map<string, { ends: ReadonlySet<string>; within: ReadonlySet<string> }>(
  Object.entries({
    td: { ends: new Set(['td', 'th']), within: new Set(['table']) },
    th: { ends: new Set(['td', 'th']), within: new Set(['table']) },
    tr: { ends: new Set(['tr']), within: new Set(['table']) },
    li: { ends: new Set(['li']), within: new Set(['ul', 'ol', 'table', 'td', 'th']) },
    option: { ends: new Set(['option']), within: new Set(['select']) },
    a: { ends: new Set(['a']), within: new Set(['table', 'td', 'th']) },
  }),
);
const paragraph = { ends: new Set(['p']), within: new Set(['table', 'td', 'th', 'div']) };

/** Mails of all kinds have the same few styles: they are read once in a thread's life. */
const styles = new Map<string, Style>();

function parsed(text: string): Style {
  const known = styles.get(text);
  if (known) return known;
  const style = parseStyle(text.slice(0, 5_000));
  if (text.length > maxCached) return style;
  if (styles.size >= maxStyles) styles.clear();
  styles.set(text, style);
  return style;
}

/** The elements that are open, and whether text in them is seen. Depth and work for each tag are bounded. */
export class Stack {
  readonly #frames: Frame[] = [];
  readonly #counts = new Map<string, number>();
  readonly #sheet: Sheet;
  /** Elements deeper than that are not kept, only counted, by name. */
  #tooDeep = 0;
  top: Frame = {
    ...{ name: '', gone: false, visible: true, tiny: false, color: 0, background: 0xffffff },
    ...{ concealed: false, silent: false },
  };

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  has(name: string): boolean {
    return (this.#counts.get(name) ?? 0) > 0;
  }

  open(name: string, attributes: Attributes): void {
    const rule = implied.get(name) ?? (blocks.has(name) ? paragraph : undefined);
    if (rule) this.#endImplied(rule);
    if (this.#frames.length >= maxDepth) {
      this.#tooDeep++;
      return;
    }
    this.#frames.push(this.top);
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    this.top = this.#frame(name, attributes);
  }

  close(name: string): void {
    if (!this.has(name)) {
      if (this.#tooDeep > 0) this.#tooDeep--;
      return;
    }
    if (this.#tooDeep > 0) {
      this.#tooDeep--;
      return;
    }
    const scoped = !scopes.has(name);
    if (this.top.name === name) {
      this.#pop();
      return;
    }
    for (let up = 1; up <= reach; up++) {
      const frame = this.#frames[this.#frames.length - up];
      if (!frame || (scoped && scopes.has(this.#at(up - 1)?.name ?? ''))) return;
      if (frame.name === name) {
        for (let count = 0; count <= up; count++) this.#pop();
        return;
      }
    }
  }

  /** The frame that many above the top one's parent; 0 is the top. */
  #at(up: number): Frame | undefined {
    return up === 0 ? this.top : this.#frames[this.#frames.length - up];
  }

  #pop(): void {
    const { name } = this.top;
    const parent = this.#frames.pop();
    if (!parent) return;
    this.#counts.set(name, (this.#counts.get(name) ?? 1) - 1);
    this.top = parent;
  }

  #endImplied({ ends, within }: { ends: ReadonlySet<string>; within: ReadonlySet<string> }): void {
    let wanted = false;
    for (const name of ends) wanted ||= this.has(name);
    if (!wanted) return;
    for (let up = 0; up <= reach; up++) {
      const name = this.#at(up)?.name;
      if (name === undefined || name === '') return;
      if (ends.has(name)) {
        for (let count = 0; count <= up; count++) this.#pop();
        return;
      }
      if (within.has(name)) return;
    }
  }

  /** Tag, class, id, then the element's own style. */
  #styleOf(name: string, { style, class: classes, id }: Attributes): Style | null {
    let found: Style | null = null;
    if (this.#sheet.size > 0) {
      const keys = [name];
      if (classes) for (const one of classes.split(/\s+/, 20)) keys.push(`.${one}`);
      if (id) keys.push(`#${id}`);
      for (const key of keys) {
        const rule = this.#sheet.get(key);
        if (rule !== undefined) found = found === null ? rule : Object.assign({}, found, rule);
      }
    }
    if (!style) return found;
    const own = parsed(style);
    return found ? { ...found, ...own } : own;
  }

  #frame(name: string, attributes: Attributes): Frame {
    const parent = this.top;
    const style = this.#styleOf(name, attributes);
    const frame: Frame = { ...parent, name, silent: parent.silent || silents.has(name) };
    if (attributes.hidden !== undefined) frame.gone = true;
    if (name === 'a') frame.color = linkColor;
    if (attributes.attributeColor !== undefined) frame.color = Number(attributes.attributeColor);
    if (attributes.attributeBackground !== undefined)
      frame.background = Number(attributes.attributeBackground);
    if (style) {
      if (style.display === false || style.gone) frame.gone = true;
      if (style.visible !== undefined) frame.visible = style.visible;
      if (style.tiny !== undefined) frame.tiny = style.tiny;
      if (style.color !== undefined) frame.color = style.color;
      if (style.background !== undefined && style.background !== transparent)
        frame.background = style.background;
    }
    frame.concealed = frame.gone || !frame.visible || frame.tiny || sameColor(frame.color, frame.background);
    return frame;
  }
}
