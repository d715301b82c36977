import type { Form, HtmlFacts, Image } from '../types.ts';
import { parseColor } from './colors.ts';
import { smugglingIn } from './smuggling.ts';
import type { Attributes } from './stack.ts';

const maxForms = 20;
const maxInputs = 50;
const maxImages = 300;
const maxAddresses = 50;
const maxCode = 500_000;

const address = (value: string | undefined) => (value ?? '').trim().slice(0, 2_000);

function number(value: string | undefined): number | null {
  const found = /^\s*(\d{1,5})(\.\d+)?\s*(px)?\s*$/.exec(value ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

const refresh = /^\s*\d*\.?\d*\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"'\s][^"']*)/i;

/** Colours given by attributes, as numbers in text: they take part in the styles. */
export function colorAttributes(name: string, attributes: Attributes): void {
  const color = name === 'font' ? attributes.color : name === 'body' ? attributes.text : undefined;
  const parsed = color === undefined ? undefined : parseColor(color.trim().toLowerCase());
  if (parsed !== undefined) attributes.attributeColor = String(parsed);
  if (attributes.background !== undefined) attributes.attributeBackground = '-2';
  else if (attributes.bgcolor !== undefined) {
    const background = parseColor(attributes.bgcolor.trim().toLowerCase());
    if (background !== undefined && background !== -1) attributes.attributeBackground = String(background);
  }
}

/** Collects what the HTML is made of, bounded. */
export class Facts {
  readonly forms: Form[] = [];
  readonly images: Image[] = [];
  readonly smuggling: string[] = [];
  readonly redirects: string[] = [];
  readonly iframes: string[] = [];
  base: string | null = null;
  scripts = 0;
  #form: Form | null = null;
  #code = 0;

  /** Of a start tag. `linked`: it stands in a link. */
  tag(name: string, attributes: Attributes, linked: boolean): void {
    switch (name) {
      case 'img':
      case 'image':
        this.#image(attributes, linked);
        break;
      case 'form':
        this.#form = {
          action: address(attributes.action),
          method: (attributes.method ?? '').toLowerCase().slice(0, 20),
          inputs: [],
        };
        if (this.forms.length < maxForms) this.forms.push(this.#form);
        break;
      case 'input':
      case 'select':
      case 'textarea':
        this.#input(name === 'input' ? (attributes.type ?? 'text').trim().toLowerCase() : name);
        break;
      case 'script':
        this.scripts++;
        break;
      case 'base':
        if (attributes.href !== undefined) this.base ??= address(attributes.href);
        break;
      case 'meta':
        if (attributes['http-equiv']?.trim().toLowerCase() === 'refresh') {
          const target = refresh.exec((attributes.content ?? '').slice(0, 3_000))?.[1];
          if (target) this.#add(this.redirects, target);
        }
        break;
      case 'iframe':
      case 'frame':
      case 'embed':
      case 'object':
        this.#add(this.iframes, attributes.src ?? attributes.data ?? '');
        this.code(attributes.srcdoc ?? '');
        break;
    }
  }

  endForm(): void {
    this.#form = null;
  }

  handler(code: string): void {
    this.scripts++;
    this.code(code);
  }

  /** Code, or an address that may be code. */
  code(code: string): void {
    if (code === '' || this.#code > maxCode) return;
    this.#code += code.length;
    smugglingIn(code.slice(0, maxCode), this.smuggling);
  }

  counted(bytes: number, visible: number, hidden: number, brokenWords: number): HtmlFacts {
    const { forms, images, scripts, smuggling, redirects, base, iframes } = this;
    return {
      ...{ bytes, forms, images, scripts, smuggling, redirects, base, iframes, brokenWords },
      ...{ visibleCharacters: visible, hiddenCharacters: hidden },
    };
  }

  #image(attributes: Attributes, linked: boolean): void {
    if (this.images.length >= maxImages) return;
    this.images.push({
      src: address(attributes.src),
      alt: (attributes.alt ?? '').trim().slice(0, 500),
      width: number(attributes.width),
      height: number(attributes.height),
      linked,
    });
  }

  #input(type: string): void {
    if (!this.#form) {
      this.#form = { action: '', method: '', inputs: [] };
      if (this.forms.length < maxForms) this.forms.push(this.#form);
    }
    if (this.#form.inputs.length < maxInputs) this.#form.inputs.push(type.slice(0, 30));
  }

  #add(list: string[], value: string): void {
    if (list.length < maxAddresses) list.push(address(value));
  }
}
