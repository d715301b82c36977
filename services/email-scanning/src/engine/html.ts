import { Tokenizer } from 'htmlparser2';
import { maxLinkText, Page } from './html/page.ts';
import { bounded, inked, tidy } from './html/text.ts';
import type { HtmlFacts, Link } from './types.ts';

export interface HtmlContent {
  /** What the reader sees. */
  text: string;
  /** What is in the page and not on the screen. */
  hiddenText: string;
  links: Link[];
  facts: HtmlFacts;
}

/** What a reader sees of an HTML body, what is hidden from him, and where it leads. Runs nothing, loads nothing. Linear. */
export function readHtml(html: string): HtmlContent {
  const page = new Page(html);
  const tokenizer = new Tokenizer({ decodeEntities: true }, page);
  tokenizer.write(html);
  tokenizer.end();
  const text = tidy(page.text);
  const hiddenText = tidy(page.hidden);
  for (const link of page.links) link.text = tidy(link.text).slice(0, maxLinkText);
  return {
    text: bounded(text),
    hiddenText: bounded(hiddenText),
    links: page.links,
    facts: page.facts.counted(html.length, inked(text), inked(hiddenText), page.brokenWords),
  };
}
