// What the mail provider asks of a landlord, and what the DNS says of the sender's domain today.

/** Another resolver, where the office's network lets nobody ask this one. */
const resolver = () => process.env.DNS_OVER_HTTPS ?? 'https://cloudflare-dns.com/dns-query';
const PATIENCE = 10_000;
const TYPES = { NS: 2, TXT: 16 };

type Sender = { MAIL_FROM?: unknown; MAIL_PROVIDER?: unknown };

/** Where a provider's records stand below the sender's domain. */
const RECORDS = {
  cloudflare: {
    // The envelope is its own: the SPF of the domain itself stays with whoever sends its other mail.
    spf: { at: (domain: string) => `cf-bounce.${domain}`, part: 'include:_spf.mx.cloudflare.net' },
    selectors: ['cf-bounce'],
    dmarc: (domain: string) => `\`npx wrangler email sending enable ${domain}\` writes one, with p=reject`,
  },
  brevo: {
    spf: { at: (domain: string) => domain, part: 'include:spf.brevo.com' },
    selectors: ['brevo1', 'brevo2', 'mail'],
    dmarc: () => 'begin with "v=DMARC1; p=none; rua=mailto:…", an address that reads the reports',
  },
};

/** The domain behind the @ of MAIL_FROM. */
export function senderDomain({ MAIL_FROM }: Sender): string {
  return String(MAIL_FROM).split('@')[1] ?? '';
}

/** What the provider asks before a mail leaves; one line each. Read in its documentation on 27 November 2026. */
export function mailNeeds(vars: Sender): string[] {
  const domain = senderDomain(vars);
  if (vars.MAIL_PROVIDER === 'brevo')
    return [
      `Brevo must know ${domain} (Senders, Domains), where it shows the DNS records to write`,
      'its « Block unknown IP addresses » must be off (Security, Authorized IPs): a Worker calls from no fixed address, and Brevo switches that on by itself 30 days after the last new one',
    ];
  return [
    `Cloudflare Email Service is an open beta. It sends for domains on Cloudflare DNS in this same account: ${domain}, of MAIL_FROM, must be one of them or lie below one`,
    `\`npx wrangler email sending enable ${domain}\` writes MX and SPF on cf-bounce.${domain}, DKIM, and on ${domain} a DMARC with p=reject, which then judges all mail of that domain. Take a domain for MAIL_FROM from which nobody else writes, such as courriel.${domain.split('.').slice(-2).join('.')}`,
    'a new account has a low daily quota, and each person who signs up is sent two mails or more: ask Cloudflare for a higher one before the opening day, or take Brevo. Mails above it wait, three days at most',
  ];
}

/**
 * Looks up name servers, SPF, DKIM and DMARC of the sender's domain.
 * @returns one line per record that is missing or wrong, and one when the DNS did not answer
 */
export async function findLackingRecords(vars: Sender): Promise<string[]> {
  const domain = senderDomain(vars);
  const provider = vars.MAIL_PROVIDER === 'brevo' ? 'brevo' : 'cloudflare';
  const looks = [lookAtSpf(domain, provider), lookAtDkim(domain, provider), lookAtDmarc(domain, provider)];
  if (provider === 'cloudflare') looks.unshift(lookAtServers(domain));
  try {
    return (await Promise.all(looks)).flat();
  } catch (error) {
    return [
      `the DNS could not be asked at ${resolver()} (${(error as Error).message}): nothing is known of it`,
    ];
  }
}

type Provider = keyof typeof RECORDS;

async function lookAtServers(domain: string): Promise<string[]> {
  for (const name of withParents(domain)) {
    const servers = await lookUp(name, 'NS');
    if (servers.length === 0) continue;
    if (servers.every((server) => /\.ns\.cloudflare\.com\.?$/i.test(server))) return [];
    return [
      `${name} is not on Cloudflare DNS (it is served by ${servers[0]}): Email Service sends no mail for ${domain}. Move it there, take another domain for MAIL_FROM, or Brevo`,
    ];
  }
  return [`${domain} has no name servers: is MAIL_FROM right?`];
}

async function lookAtSpf(domain: string, provider: Provider): Promise<string[]> {
  const { at, part } = RECORDS[provider].spf;
  const found = (await lookUp(at(domain), 'TXT')).filter((text) => /^v=spf1\b/i.test(text));
  // RFC 7208 §3.2: with two of them a mailbox takes neither.
  if (found.length > 1)
    return [`SPF: ${at(domain)} has ${found.length} records, and only one may stand there`];
  if (found[0]?.toLowerCase().includes(part)) return [];
  const lacks = found[0] ? `its record lacks ${part}` : `no TXT record, such as "v=spf1 ${part} ~all"`;
  return [`SPF: ${at(domain)}: ${lacks}`];
}

async function lookAtDkim(domain: string, provider: Provider): Promise<string[]> {
  const names = RECORDS[provider].selectors.map((selector) => `${selector}._domainkey.${domain}`);
  const found = (await Promise.all(names.map((name) => lookUp(name, 'TXT')))).flat();
  // An empty key is one that was taken back (RFC 6376 §3.6.1).
  if (found.some((text) => /\bp=\s*[\w+/]/.test(text))) return [];
  return [`DKIM: no key at ${names.join(', ')}`];
}

/** A domain without a record of its own has its parent's (RFC 7489 §6.6.3). */
async function lookAtDmarc(domain: string, provider: Provider): Promise<string[]> {
  for (const name of withParents(domain)) {
    const record = (await lookUp(`_dmarc.${name}`, 'TXT')).find((text) => /^v=DMARC1\b/i.test(text));
    if (!record) continue;
    // laposte.net puts mail of such a domain among the junk.
    if (/\bp\s*=\s*none\b/i.test(record) && !/\brua\s*=/i.test(record))
      return [
        `DMARC: _dmarc.${name} says p=none without rua=mailto:…, which some mailboxes take for no record`,
      ];
    return [];
  }
  return [`DMARC: no record at _dmarc.${domain}; ${RECORDS[provider].dmarc(domain)}`];
}

/** `a.b.example`: itself and `b.example`. */
function withParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(1).map((_, first) => labels.slice(first).join('.'));
}

type Answer = { Status: number; Answer?: { type: number; data: string }[] };

/**
 * The records of a name, by the JSON form of DNS-over-HTTPS; none when there is no such name.
 * @throws when nobody answered, or the answer is a failure of the DNS
 */
async function lookUp(name: string, type: keyof typeof TYPES): Promise<string[]> {
  const headers = { accept: 'application/dns-json' };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(`${resolver()}?name=${name}&type=${type}`, { headers, signal });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const { Status, Answer: records = [] } = (await answer.json()) as Answer;
  // 0: found, 3: no such name.
  if (Status !== 0 && Status !== 3) throw new Error(`${name}: DNS status ${Status}`);
  return records.filter((record) => record.type === TYPES[type]).map(({ data }) => withoutQuotes(data));
}

/** A text longer than 255 bytes comes in several quoted parts. */
function withoutQuotes(data: string): string {
  const parts = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part);
  return parts.length > 0 ? parts.join('') : data;
}
