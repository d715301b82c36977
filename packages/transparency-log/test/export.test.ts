import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { canonicalize, leafHash, nodeHash, writeEntry } from '../src/index.ts';
import { entryOf, exportOf, inShort, logOf, makeLog, nodeKey, older, verify } from './sample-log.ts';

t.test('an export of the whole log proves each entry, whatever its size', async (t) => {
  for (const size of [1, 2, 3, 7, 8, 33, 100]) {
    const verdict = await verify(
      exportOf(
        logOf(
          size,
          [1, 5, 8].filter((at) => at < size),
        ),
      ),
    );
    t.strictSame(verdict.found, [], `${size}`);
    t.match(verdict, { entries: size, leftOut: 0, problems: 0 });
  }
});

t.test('so does an export of any part of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 120 }),
      fc.array(fc.integer({ min: 1, max: 120 }), { maxLength: 30 }),
      async (size, chosen) => {
        const wanted = new Set(chosen.filter((sequence) => sequence <= size));
        const verdict = await verify(exportOf(logOf(size), (sequence) => wanted.has(sequence)));
        return (
          verdict.problems === 0 && verdict.entries === wanted.size && verdict.leftOut === size - wanted.size
        );
      },
    ),
    { numRuns: 60 },
  );
});

/** The field of the first line that a character belongs to. */
const fieldAt = (text: string, at: number) =>
  at < text.indexOf('\n')
    ? (/.*"(filters|kind|format|madeAt|origin|signedSize|size|tenantId)":/.exec(text.slice(0, at))?.[1] ?? '')
    : '';

t.test('whatever single character of an export is changed, it is found', async () => {
  const text = exportOf(logOf(9, [4]), (sequence) => sequence % 4 === 1).join('\n');
  const lastOfSignature = text.indexOf('\\n","filters"') - 1;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: text.length - 1 }),
      fc.constantFrom('0', 'A', '"', ' ', '}', '\n'),
      async (at, character) => {
        if (text[at] === character) return true;
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        // What is not signed, and the bits that the signature's base64 has too many.
        const isSaid =
          new Set(['filters', 'madeAt', 'signedSize']).has(fieldAt(text, at)) || at === lastOfSignature;
        return isSaid || (await verify(changed.split('\n'))).problems > 0;
      },
    ),
    { numRuns: 400 },
  );
});

t.test('changes to the file name the entry', async (t) => {
  const lines = exportOf(logOf(20, [6, 13]));
  const at = (sequence: number) => lines.findIndex((line) => line.endsWith(`"sequence":${sequence}}`));
  const changed = async (change: (copy: string[]) => void) => {
    const copy = [...lines];
    change(copy);
    return inShort((await verify(copy)).found);
  };
  const edit = (sequence: number, from: string, to: string) => (copy: string[]) => {
    copy[at(sequence)] = (copy[at(sequence)] as string).replace(from, to);
  };
  t.strictSame(await changed(edit(7, 'entry 7', 'entry seven')), ['altered 7']);
  t.strictSame(
    await changed(edit(7, '{"entry":', '{"entry": ')),
    ['damaged 7', 'missing 7', 'missing'],
    'white space',
  );
  t.strictSame(
    (await changed(edit(7, '"action":', '"action":"audit.x.y","action":')))[0],
    'damaged 7',
    'a name twice',
  );
  t.strictSame(await changed((copy) => copy.splice(at(9), 1)), ['missing 9', 'missing']);
  t.strictSame(await changed((copy) => copy.splice(at(9), 3)), ['missing 9-11', 'missing']);
  t.strictSame(await changed((copy) => copy.splice(at(9), 0, copy[at(9)] as string)), [
    'inserted 9',
    'missing',
  ]);
  t.strictSame(
    await changed((copy) => {
      const [line] = copy.splice(at(9), 1);
      copy.splice(at(9) + 11, 0, line as string);
    }),
    ['missing 9', 'out-of-order 9'],
  );
  t.strictSame(await changed((copy) => copy.splice(-1, 1)), ['damaged'], 'cut off');
  t.strictSame(await changed((copy) => copy.splice(-4, 4)), ['missing 19-20', 'damaged']);
  t.strictSame(await changed((copy) => copy.push(copy[3] as string)), ['inserted']);
  const beyond = writeEntry(21, canonicalize(entryOf(21)), () => undefined);
  t.strictSame(await changed((copy) => copy.splice(-1, 0, beyond)), ['inserted 21', 'missing']);
  t.strictSame(await changed((copy) => copy.shift()), ['damaged'], 'no header');
  t.strictSame(inShort((await verify([])).found), ['damaged'], 'empty');
});

t.test('changes to the log name the entry', async (t) => {
  const seen = async (change: (log: ReturnType<typeof logOf>) => void) => {
    const log = logOf(20, [6, 13]);
    change(log);
    const { found } = await verify(exportOf(log));
    return inShort(found);
  };
  const forged = canonicalize(entryOf(7, 'forged'));
  const withHash = (log: ReturnType<typeof logOf>) => {
    (log.entries[6] as { text: string }).text = forged;
    log.hashes.set('0/6', leafHash(Buffer.from(forged)));
  };
  const withNodes = (log: ReturnType<typeof logOf>) => {
    withHash(log);
    for (let level = 1, index = 3; level < 5; level++, index = Math.floor(index / 2)) {
      const hash = (side: number) =>
        log.hashes.get(nodeKey({ level: level - 1, index: index * 2 + side })) as Buffer;
      if (log.hashes.has(nodeKey({ level, index })))
        log.hashes.set(nodeKey({ level, index }), nodeHash(hash(0), hash(1)));
    }
  };
  t.strictSame(await seen(() => {}), []);
  t.strictSame(await seen((log) => ((log.entries[6] as { text: string }).text = forged)), ['altered 7']);
  t.strictSame(await seen(withHash), ['altered 7-8'], 'with its leaf: one of a pair');
  t.strictSame(await seen(withNodes), ['checkpoint 7-13'], 'with all that is above: between two checkpoints');
  t.strictSame(
    await seen((log) => log.hashes.set('2/1', Buffer.alloc(32))),
    ['altered 5-8', 'altered 1-8'],
    'a node',
  );
  t.strictSame(await seen((log) => log.entries.splice(6, 1)), ['missing 7'], 'an entry');
  t.strictSame(
    await seen((log) => {
      log.entries.splice(6, 1);
      log.hashes.delete('0/6');
    }),
    ['missing 7'],
    'with its leaf',
  );
  t.strictSame(await seen((log) => log.hashes.delete('0/6')), ['inserted 7'], 'a leaf');
  t.strictSame(
    await seen(({ entries: [, , a, b] }) => {
      const [one, two] = [a as { text: string }, b as { text: string }];
      [one.text, two.text] = [two.text, one.text];
    }),
    ['out-of-order 3', 'out-of-order 4'],
  );
  t.strictSame(await seen((log) => log.entries.splice(7, 0, { sequence: 7, text: forged })), ['inserted 7']);
  t.strictSame(
    await seen((log) => log.checkpoints.splice(2, 1)),
    ['checkpoint 14-20'],
    'the latest checkpoint',
  );
});

t.test('checkpoints that the key did not sign, or of another log', async (t) => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const log = logOf(10, [4]);
  const foreign = makeLog(
    Array.from({ length: 10 }, (_, at) => entryOf(at + 1)),
    { by: stranger },
  );
  t.match(await verify(exportOf(foreign)), {
    found: [{ kind: 'signature', message: /size 10 is not signed by that key/ }],
  });
  const damage = (at: number, from: RegExp, to: string) => {
    const checkpoints = log.checkpoints.map((one, no) =>
      no === at ? { ...one, checkpoint: one.checkpoint.replace(from, to) } : one,
    );
    return verify(exportOf({ ...log, checkpoints }));
  };
  t.strictSame(inShort((await damage(0, /^log/, 'dog')).found), ['checkpoint']);
  t.match((await damage(0, /^log/, 'dog')).found, [{ message: /size 4 is of another log: dog.example/ }]);
  t.strictSame(inShort((await damage(0, /\n4\n/, '\n5\n')).found), ['signature']);
  t.ok((await damage(1, /\n10\n/, '\n11\n')).problems > 0);
  const swapped = {
    ...log,
    checkpoints: [{ ...log.checkpoints[1], size: 4 }, log.checkpoints[1]] as typeof log.checkpoints,
  };
  t.match((await verify(exportOf(swapped))).found, [
    { kind: 'checkpoint', message: /signs another size: 10/ },
  ]);
});

t.test('a log that was rewritten and signed anew no longer fits an older checkpoint', async (t) => {
  const entries = Array.from({ length: 20 }, (_, at) => entryOf(at + 1));
  const [first, second] = makeLog(entries, { signedAt: [5, 12] }).checkpoints.map(older);
  const kept = [second, first] as NonNullable<typeof first>[];
  const forked = makeLog(
    entries.map((entry, at) => (at === 8 ? entryOf(9, 'another history') : entry)),
    { signedAt: [5, 12] },
  );
  t.strictSame((await verify(exportOf(forked))).found, [], 'by itself it is well made');
  const verdict = await verify(exportOf(forked), kept);
  t.match(verdict, { compared: [5], found: [{ kind: 'fork', first: 6, last: 12 }] });
  t.match(await verify(exportOf(makeLog(entries, { signedAt: [5, 12] })), kept), {
    compared: [5, 12],
    found: [],
  });

  t.match((await verify(exportOf(makeLog(entries.slice(0, 10))), kept)).found.at(-2), {
    kind: 'fork',
    message: /has shrunk/,
  });
  const thinned = makeLog(entries, { signedAt: [12] });
  t.match((await verify(exportOf(thinned), kept)).found, [
    { kind: 'checkpoint', message: /size 5 is not in the log's list/ },
  ]);
  const later = exportOf(thinned, undefined, [], '2026-02-02T00:00:00.000Z');
  t.match(await verify(later, kept), { found: [], compared: [5, 12] }, 'after a month it may be gone');
  const part = (log: ReturnType<typeof makeLog>, splitAt: number[]) =>
    verify(
      exportOf(log, (sequence) => sequence === 18, splitAt),
      kept,
    );
  t.match(await part(forked, []), { found: [], notCompared: [5, 12] }, 'a part says nothing of it');
  t.match(
    await part(forked, [5, 12]),
    { compared: [5], found: [{ kind: 'fork', first: 6, last: 12 }] },
    'unless it is asked for',
  );
});

t.test('content that retention removed: the rest is proven, if the log tells of it', async (t) => {
  const removal = (sequence: number, sequences: string) => ({
    ...entryOf(sequence),
    action: 'audit.entries.remove',
    changes: { sequences: { before: sequences, after: null } },
  });
  const entries = Array.from({ length: 20 }, (_, at) => entryOf(at + 1));
  const without = (told: string) => {
    const log = makeLog([...entries, removal(21, told)]);
    for (const sequence of [2, 3, 4, 9]) (log.entries[sequence - 1] as { text: null }).text = null;
    return verify(exportOf(log));
  };
  t.match(await without('2-4,9'), { found: [], withoutContent: 4, entries: 21 });
  t.strictSame(inShort((await without('2,4')).found), ['missing 3', 'missing 9']);
  t.strictSame(inShort((await without('1-3')).found), ['missing 4', 'missing 9']);
  t.strictSame(inShort((await without('all of them')).found), ['missing 2-4', 'missing 9']);
});
