import { finding } from '../../finding.ts';
import type { Attachment, Check, Finding } from '../../types.ts';

/** What runs when it is opened. */
const executable = new Set(
  'exe scr pif com bat cmd msi msp js jse vbs vbe wsf wsh ps1 psm1 hta jar cpl lnk reg iso img vhd vhdx appx msix scf url chm'.split(
    ' ',
  ),
);
/** What people take for harmless, in front of the true ending. */
const harmless = /\.(pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|txt|csv|zip|html?)$/i;
const macros = new Set('docm xlsm pptm dotm xltm'.split(' '));

const kinds = [
  ['windows-program', 'a Windows program', /\.(exe|dll|scr|com|cpl|sys|ocx)$/i],
  ['linux-program', 'a Linux program', /\.(elf|so|bin|o)$/i],
] as const;
const pageEndings = /\.(s?html?|xhtml|svg)$/i;

const endingOf = (name: string) => /\.([a-z0-9]+)\s*$/i.exec(name)?.[1]?.toLowerCase() ?? '';

function judge({ filename, facts, sha256 }: Attachment): Finding[] {
  // Signs that turn the direction of writing make `fdp.exe` read as `exe.pdf`.
  const name = (filename ?? '').replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
  const evidence = { filename, sha256 };
  if (facts.signs.some((sign) => sign.code === 'eicar'))
    return [finding('eicar', 95, `The attachment ${name} holds the test virus (EICAR).`, evidence)];
  const found: Finding[] = [];
  if (name !== (filename ?? ''))
    found.push(
      finding(
        'reversed-filename',
        70,
        `The attachment's name is written so that its ending cannot be seen: it is ${name}.`,
        evidence,
      ),
    );
  const ending = endingOf(name);
  if (executable.has(ending)) {
    const disguised = harmless.test(name.slice(0, name.length - ending.length - 1).trim());
    const explanation = disguised
      ? `The attachment ${name} looks like a document but is a program (.${ending}).`
      : `The attachment ${name} is a program or starts one (.${ending}).`;
    found.push(
      finding(
        disguised ? 'double-extension' : 'executable-attachment',
        disguised ? 85 : 75,
        explanation,
        evidence,
      ),
    );
  }
  const kind = kinds.find(([begins, , endings]) => begins === facts.kind && !endings.test(name));
  if (kind)
    found.push(
      finding('attachment-type-mismatch', 80, `The attachment ${name} is really ${kind[1]}.`, evidence),
    );
  if (macros.has(ending))
    found.push(
      finding(
        'macro-document',
        35,
        `The attachment ${name} is a document that holds programs (macros).`,
        evidence,
      ),
    );
  if (pageEndings.test(name))
    found.push(
      finding(
        'html-attachment',
        20,
        `The attachment ${name} is a web page: opened, it can imitate any sign-in.`,
        evidence,
      ),
    );
  return found;
}

/** What attachments are, whatever they call themselves. */
export const attachments: Check = {
  id: 'attachments',
  techniques: [],
  run: ({ message }) => message.attachments.flatMap(judge),
};
