import { Parser } from 'htmlparser2';
import { limits } from './limits.ts';
import type { Form, HtmlFacts, Link } from './types.ts';

export interface HtmlContent {
  text: string;
  hiddenText: string;
  links: Link[];
  facts: HtmlFacts;
}

const silent = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);
const blocks = new Set([
  'p',
  'div',
  'br',
  'tr',
  'li',
  'td',
  'th',
  'table',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'blockquote',
  'hr',
]);
const voids = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'area',
  'base',
  'col',
  'embed',
  'source',
  'track',
  'wbr',
]);

/** Styles with which text is in the message and not on the screen. */
const hiding =
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|max-height\s*:\s*0(?![.\d])/i;

/** What a reader sees of an HTML body, what is hidden from him, and where it leads. Runs nothing, loads nothing. */
export function readHtml(html: string): HtmlContent {
  let text = '';
  let hiddenText = '';
  let quiet = 0;
  let link: Link | null = null;
  const form: Form = { action: '', method: '', inputs: [] };
  const links: Link[] = [];
  const hiddenAt: boolean[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (silent.has(name)) quiet++;
        if (blocks.has(name)) text += '\n';
        if (name === 'input') form.inputs.push(attributes.type?.toLowerCase() ?? 'text');
        if ((name === 'a' || name === 'area') && attributes.href && links.length < limits.links) {
          link = { href: attributes.href.trim().slice(0, 2_000), text: '', from: 'html' };
          links.push(link);
        }
        if (voids.has(name)) return;
        const hides = hiding.test(attributes.style ?? '') || attributes.hidden !== undefined;
        hiddenAt.push(hides);
        if (hides) hidden++;
      },
      ontext(data) {
        if (quiet > 0) return;
        if (hidden > 0) {
          if (hiddenText.length < limits.text) hiddenText += data;
          return;
        }
        if (text.length < limits.text) text += data;
        if (link && link.text.length < 500) link.text += data;
      },
      onclosetag(name) {
        if (silent.has(name)) quiet = Math.max(0, quiet - 1);
        if (blocks.has(name)) text += '\n';
        if (name === 'a') link = null;
        if (!voids.has(name) && hiddenAt.pop()) hidden--;
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  const tidy = (value: string) =>
    value
      .replace(/[ \t\r\f\v\u00a0]+/g, ' ')
      .replace(/\n\s*\n+/g, '\n')
      .trim()
      .slice(0, limits.text);
  return {
    text: tidy(text),
    hiddenText: tidy(hiddenText),
    links: links.map((found) => ({ ...found, text: tidy(found.text) })),
    facts: {
      bytes: html.length,
      forms: form.inputs.length > 0 ? [form] : [],
      images: [],
      scripts: 0,
      smuggling: [],
      redirects: [],
      base: null,
      iframes: [],
      visibleCharacters: text.length,
      hiddenCharacters: hiddenText.length,
      brokenWords: 0,
    },
  };
}
