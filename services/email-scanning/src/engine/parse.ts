import { hash } from 'node:crypto';
import { fileBudget } from './files/budget.ts';
import { examineFile } from './files/examine.ts';
import type { FileFacts } from './files/facts.ts';
import { bounded } from './html/text.ts';
import { type HtmlContent, readHtml } from './html.ts';
import { invisibleIn } from './invisible.ts';
import { limits } from './limits.ts';
import { readFields } from './message-headers.ts';
import { type Body, type FilePart, readMime } from './mime/index.ts';
import { linksIn } from './text-links.ts';
import type { Deadline } from './thread-time.ts';
import type { Attachment, HtmlFacts, Link, ParsedMessage, ParseOptions, Problem } from './types.ts';

const asMessage = (): FileFacts => ({
  ...{ kind: 'message', signs: [], urls: [], qrUrls: [], text: '', entries: [] },
});

function toAttachments(files: readonly FilePart[], problems: Problem[], options: ParseOptions): Attachment[] {
  if (files.length === 0) return [];
  if (files.length > limits.attachments) {
    const message = `Of ${files.length} attachments only ${limits.attachments} were looked at`;
    problems.push({ code: 'cut', message });
  }
  const budget = fileBudget(options);
  return files.slice(0, limits.attachments).map(({ bytes, message, ...file }) => ({
    ...file,
    size: bytes.length,
    sha256: hash('sha256', bytes),
    facts: message ? asMessage() : examineFile(bytes, file, budget),
  }));
}

/** Links of files, after those of the text. */
function linksOfFiles(attachments: readonly Attachment[]): Link[] {
  return attachments.flatMap(({ facts }) => [
    ...facts.urls.map((href): Link => ({ href, text: '', from: 'file' })),
    ...facts.qrUrls.map((href): Link => ({ href, text: '', from: 'qr' })),
  ]);
}

/** Each link once; when there are too many, those at the beginning and at the end. */
function boundedLinks(links: Link[]): Link[] {
  if (links.length <= limits.links) return links;
  const once = [...new Map(links.map((link) => [`${link.from} ${link.href} ${link.text}`, link])).values()];
  const tail = limits.links / 5;
  return once.length <= limits.links ? once : [...once.slice(0, limits.links - tail), ...once.slice(-tail)];
}

/** The facts of several pages of one message as those of one. */
function joined(pages: readonly HtmlContent[]): HtmlFacts | null {
  const [first, ...others] = pages;
  if (!first) return null;
  return others.reduce<HtmlFacts>(
    (facts, { facts: own }) => ({
      bytes: facts.bytes + own.bytes,
      forms: [...facts.forms, ...own.forms].slice(0, 50),
      images: [...facts.images, ...own.images].slice(0, limits.links),
      scripts: facts.scripts + own.scripts,
      smuggling: [...new Set([...facts.smuggling, ...own.smuggling])],
      redirects: [...facts.redirects, ...own.redirects].slice(0, 100),
      base: facts.base ?? own.base,
      iframes: [...facts.iframes, ...own.iframes].slice(0, 100),
      visibleCharacters: facts.visibleCharacters + own.visibleCharacters,
      hiddenCharacters: facts.hiddenCharacters + own.hiddenCharacters,
      brokenWords: facts.brokenWords + own.brokenWords,
    }),
    first.facts,
  );
}

/** The bodies, read: of HTML what is shown and what is hidden; plain text that is shown beside HTML belongs to both. */
function readBodies(bodies: readonly Body[], deadline: Deadline, problems: Problem[]) {
  const hasHtml = bodies.some(({ html }) => html);
  const pages: HtmlContent[] = [];
  const texts: string[] = [];
  const shown: string[] = [];
  const links: Link[] = [];
  for (const body of bodies) {
    if (deadline.isOver) {
      problems.push({ code: 'cut', message: 'The message takes too long to read; the rest was not read' });
      break;
    }
    if (body.html) {
      const page = readHtml(body.text);
      pages.push(page);
      shown.push(page.text);
      links.push(...page.links);
    } else {
      texts.push(body.text);
      if (hasHtml && !body.alternative) shown.push(body.text);
      links.push(...linksIn(body.text, limits.links * 2));
    }
  }
  const join = (parts: string[]) => parts.filter((part) => part !== '').join('\n');
  const [text, htmlText] = [join(texts), join(shown)];
  if (text.length > limits.text || htmlText.length > limits.text)
    problems.push({
      code: 'note',
      message: 'The text is very long; only its beginning and its end were read',
    });
  return {
    text: bounded(text),
    htmlText: bounded(htmlText),
    hiddenText: bounded(join(pages.map((page) => page.hiddenText))),
    hasHtml,
    html: joined(pages),
    links,
  };
}

/**
 * Reads a message, within limits. Never throws: of what is no mail at all the bytes are taken as text, with a problem that
 * says so.
 */
export function parseMessage(bytes: Uint8Array, options: ParseOptions = {}): ParsedMessage {
  const mime = readMime(bytes);
  const { problems } = mime;
  const { charsets, ...fields } = readFields(mime.headers);
  const { links, ...content } = readBodies(mime.bodies, mime.deadline, problems);
  const attachments = toAttachments(mime.files, problems, options);
  const inBody = invisibleIn(content.hasHtml ? content.htmlText : content.text);
  const inSubject = invisibleIn(fields.subject ?? '');
  if (content.html) content.html.brokenWords += inBody.cutWords;
  return {
    ...fields,
    ...content,
    invisibleCharacters: inBody.signs + inSubject.signs,
    links: boundedLinks([...links, ...linksOfFiles(attachments)]),
    attachments,
    partTypes: mime.partTypes,
    charsets: [...new Set([...mime.charsets, ...charsets])],
    size: bytes.length,
    problems,
  };
}
