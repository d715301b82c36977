import { finding } from '../../finding.ts';
import type { Check } from '../../types.ts';

const pages = new Set(['html', 'svg']);

/** How the mail is put together, where that is done to get past filters. */
export const parts: Check = {
  id: 'parts',
  techniques: [
    {
      id: 'page-as-file-alone',
      title: 'Nothing but a page as a file',
      description:
        'The mail shows no text and brings one page to open: what it wants is kept where filters of text do not look.',
      maxScore: 35,
    },
    {
      id: 'nameless-file',
      title: 'A file without a name',
      description:
        'A file of no known kind comes without a name, which mail programs give to all that people attach.',
      maxScore: 6,
    },
  ],
  run({ message: { text, htmlText, attachments } }) {
    const found = [];
    const files = attachments.filter(({ inline }) => !inline);
    const shown = (htmlText || text).trim();
    if (shown.length < 20 && files.length === 1 && pages.has(files[0]?.facts.kind ?? ''))
      found.push(finding('page-as-file-alone', 35, 'The mail is empty but for a page that is to be opened.'));
    if (
      attachments.some(
        ({ filename, mimeType }) => filename === null && mimeType === 'application/octet-stream',
      )
    )
      found.push(finding('nameless-file', 6, 'A file in the mail has no name.'));
    return found;
  },
};
