import t from 'tap';
import { lookalikeIndex } from '../../../src/engine/suppliers/lookalikes.ts';

const index = lookalikeIndex([
  'nordwind-metall.example',
  'caldervalves.com',
  'logistik.example',
  'meier.example',
  'abb.example',
  'solar.example',
]);

t.test('a domain that imitates a known one', async (t) => {
  const ways: Record<string, string> = {
    'rn for m': 'nordwind-rnetall.example',
    'l for i': 'nordwlnd-metall.example',
    'a digit': 'n0rdwind-metall.example',
    'a letter of another script': 'xn--nordwind-mtall-lbi.example',
    'another ending': 'nordwind-metall.test',
    'a letter less': 'nordwind-metal.example',
    'a letter more': 'nordwind-mettall.example',
    'another letter': 'nordwind-mefall.example',
    'two letters swapped': 'nordwind-meatll.example',
    'two letters': 'nortwind-metal.example',
    'no hyphen': 'nordwindmetall.example',
    'another hyphen': 'calder-valves.com',
    'a word more': 'nordwind-metall-billing.example',
    'a word before': 'rechnung-nordwind-metall.example',
    'a department, without hyphen': 'caldervalvesinvoices.com',
    'letters more': 'xqcaldervalves.com',
    'in front of another domain': 'caldervalves.com.evil.test',
    'deep in front of another one': 'mail.caldervalves.com.login.evil.test',
    'its name in front of another one': 'caldervalves.evil.test',
    'its ending in the name': 'caldervalves-com.test',
  };
  for (const [what, domain] of Object.entries(ways)) {
    const found = index.imitatedBy(domain);
    t.ok(found && found.certainty >= 38, `${what}: ${domain}`);
    t.match(found?.how, /\w/);
  }
});

t.test('a domain that does not', async (t) => {
  for (const domain of [
    'example.com',
    'sturmwind-holz.example',
    'metall.example',
    'valves.com',
    'hafen-logistik.test',
    'transport-logistik.example',
    'solar.test',
    'abc.example',
    'abb.test',
    'googlegroups.com',
    'x'.repeat(300),
    '',
    'localhost',
    'xn--',
    '..',
  ])
    t.equal(index.imitatedBy(domain), null, domain);
});

t.test('the same again gives the same, and five thousand are no burden', async (t) => {
  const many = Array.from({ length: 5_000 }, (_, at) => `company${(at * 7919).toString(36)}-works.example`);
  const started = process.cpuUsage().user;
  const large = lookalikeIndex([...many, 'caldervalves.com']);
  t.ok((process.cpuUsage().user - started) / 1_000 < 2_000, 'compiles');
  const before = process.cpuUsage().user;
  for (let at = 0; at < 1_000; at++) large.imitatedBy(`stranger${at}-of-the-house.test`);
  t.ok((process.cpuUsage().user - before) / 1_000 < 1_000, 'less than a millisecond each, on any machine');
  t.match(large.imitatedBy('caldervalve.com'), { domain: 'caldervalves.com' });
  t.strictSame(large.imitatedBy('caldervalve.com'), large.imitatedBy('caldervalve.com'));
});
