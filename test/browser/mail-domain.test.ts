// What the DNS says of the sender's domain: each record that is missing or wrong is one line, and what is right is none.

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { findLackingRecords, mailNeeds } from '../../src/cli/mail-domain.ts';
import { Account } from './cloudflare.ts';

const account = new Account('granite.example');
const { dns } = account;
const vars = { MAIL_FROM: 'portail@mail.granite.example', MAIL_PROVIDER: 'cloudflare' };
const KEY = `v=DKIM1; h=sha256; k=rsa; p=${'MIIB'.repeat(100)}`;
/** A domain as onboarding leaves it. */
const GOOD = {
  'NS granite.example': ['anne.ns.cloudflare.com.', 'bob.ns.cloudflare.com.'],
  'TXT cf-bounce.mail.granite.example': ['v=spf1 include:_spf.mx.cloudflare.net ~all'],
  'TXT cf-bounce._domainkey.mail.granite.example': [KEY],
  'TXT _dmarc.mail.granite.example': ['v=DMARC1; p=reject;'],
};
const BREVO = {
  'TXT mail.granite.example': ['brevo-code:1234', 'v=spf1 include:spf.brevo.com mx ~all'],
  'TXT mail._domainkey.mail.granite.example': [KEY],
  'TXT _dmarc.mail.granite.example': ['v=DMARC1; p=none; rua=mailto:rua@dmarc.example'],
};

beforeAll(async () => {
  process.env.DNS_OVER_HTTPS = `${await account.open()}/dns-query`;
});
beforeEach(() => {
  for (const name of Object.keys(dns)) delete dns[name];
  Object.assign(dns, GOOD, BREVO, GOOD);
});
afterAll(() => {
  delete process.env.DNS_OVER_HTTPS;
  account.close();
});

it('a domain as it should be lacks nothing, with either provider', async () => {
  expect(await findLackingRecords(vars)).toEqual([]);
  Object.assign(dns, BREVO);
  expect(await findLackingRecords({ ...vars, MAIL_PROVIDER: 'brevo' })).toEqual([]);
});

it.each([
  ['NS granite.example', ['ns1.office.example.'], /^granite\.example is not on Cloudflare DNS .*ns1\.office/],
  ['NS granite.example', undefined, /^mail\.granite\.example has no name servers/],
  ['TXT cf-bounce.mail.granite.example', undefined, /^SPF: cf-bounce\.mail.*no TXT record, such as "v=spf1 /],
  [
    'TXT cf-bounce.mail.granite.example',
    ['v=spf1 mx -all'],
    /^SPF: .*lacks include:_spf\.mx\.cloudflare\.net$/,
  ],
  ['TXT cf-bounce.mail.granite.example', ['v=spf1 mx -all', 'v=spf1 a ~all'], /^SPF: .*has 2 records/],
  [
    'TXT cf-bounce._domainkey.mail.granite.example',
    undefined,
    /^DKIM: no key at cf-bounce\._domainkey\.mail/,
  ],
  ['TXT cf-bounce._domainkey.mail.granite.example', ['v=DKIM1; k=rsa; p='], /^DKIM: no key/],
  ['TXT _dmarc.mail.granite.example', undefined, /^DMARC: no record at _dmarc\.mail.*email sending enable/],
  ['TXT _dmarc.mail.granite.example', ['v=DMARC1; p=none;'], /^DMARC: .*p=none without rua/],
])('%s %o: one line', async (name, records, line) => {
  if (records) dns[name] = records;
  else delete dns[name];
  expect(await findLackingRecords(vars)).toEqual([expect.stringMatching(line)]);
});

it('a domain of its own name servers is judged by them, and a parent’s DMARC holds below it', async () => {
  dns['NS mail.granite.example'] = ['ns1.office.example.'];
  expect(await findLackingRecords(vars)).toEqual([
    expect.stringMatching(/^mail\.granite\.example is not on/),
  ]);
  delete dns['NS mail.granite.example'];
  delete dns['TXT _dmarc.mail.granite.example'];
  dns['TXT _dmarc.granite.example'] = ['v=DMARC1; p=quarantine'];
  expect(await findLackingRecords(vars)).toEqual([]);
});

it('with Brevo its own records are looked for, and no name server', async () => {
  for (const name of Object.keys(dns)) delete dns[name];
  const lacking = (await findLackingRecords({ ...vars, MAIL_PROVIDER: 'brevo' })).join('\n');
  expect(lacking).toMatch(
    /^SPF: mail\.granite\.example.*spf\.brevo\.com.*\nDKIM: .*brevo1.*\nDMARC: .*p=none; rua=/,
  );
});

it('a DNS that does not answer is one line that says so, not a list of what would be missing', async () => {
  const right = process.env.DNS_OVER_HTTPS;
  process.env.DNS_OVER_HTTPS = 'http://127.0.0.1:1/dns-query';
  const lines = await findLackingRecords(vars);
  process.env.DNS_OVER_HTTPS = right;
  expect(lines).toEqual([expect.stringMatching(/^the DNS could not be asked at http:\/\/127\.0\.0\.1:1/)]);
  account.failing.push('granite.example');
  expect(await findLackingRecords(vars)).toEqual([expect.stringContaining('granite.example: DNS status 2')]);
  account.failing.length = 0;
});

it('says what each provider asks of a landlord', () => {
  expect(mailNeeds(vars).join('\n')).toMatch(
    /open beta.*same account: mail\.granite.*p=reject.*daily quota/s,
  );
  expect(mailNeeds({ ...vars, MAIL_PROVIDER: 'brevo' }).join('\n')).toMatch(
    /Block unknown IP addresses.*off/,
  );
});
