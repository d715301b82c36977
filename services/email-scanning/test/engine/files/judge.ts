import { fileChecks } from '../../../src/engine/checks/files/index.ts';
import { senderOf } from '../../../src/engine/identity.ts';
import { noKnowledge, parseMessage } from '../../../src/engine/index.ts';
import { read } from '../../../src/engine/reading.ts';
import { references } from '../../../src/engine/references.ts';

export interface Attached {
  name: string;
  bytes: Buffer | string;
  type?: string;
}

/** What the checks of files alone find in a mail with that text and those attachments, strongest first. */
export async function judgeFiles(
  files: Attached[],
  {
    text = 'Please find the file attached.',
    subject = 'Documents',
    viruses = null as Record<string, string> | null,
  } = {},
) {
  const parts = files.flatMap(({ name, bytes, type = 'application/octet-stream' }) => [
    '--b',
    `Content-Type: ${type}`,
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(bytes)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
  ]);
  const head = [
    'From: a@b.example',
    `Subject: ${subject}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
  ];
  const body = ['--b', 'Content-Type: text/plain; charset=utf-8', '', text, ...parts, '--b--', ''];
  const message = await parseMessage(Buffer.from([...head, ...body].join('\r\n')));
  const knowledge = { ...noKnowledge, message: { ...noKnowledge.message, viruses } };
  const reading = read(message);
  const context = {
    ...{ message, knowledge, envelope: {}, reading },
    ...{ references: references(message, reading), sender: senderOf(message, knowledge) },
  };
  const findings = fileChecks.flatMap((check) => check.run(context)).sort((a, b) => b.score - a.score);
  return {
    findings,
    scores: Object.fromEntries(findings.map(({ technique, score }) => [technique, score])),
    message,
  };
}
