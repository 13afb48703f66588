// A deployed portal, tried from outside: that it answers, is protected, can hash there, and that its cron runs.

/** How long things may take, in ms: a new domain's DNS and certificate, and the first minute of cron. */
const PATIENCE = { answer: 5 * 60_000, cron: 90_000 };
const BETWEEN_TRIES = 5_000;

/**
 * Tries a portal's public addresses. Nothing is created: the one form posted is a sign-in of nobody.
 * @returns one line per thing that is not as it should be
 */
export async function smoke(origin: string, patience = PATIENCE): Promise<string[]> {
  console.log(`\nWaiting for the DNS and the certificate of ${origin}, ${minutes(patience.answer)} at most…`);
  if (!(await waitFor(() => answers(origin), patience.answer)))
    return [`${origin} does not answer: its DNS, its certificate?`];
  const faults: string[] = [];
  for (const [what, look] of Object.entries(LOOKS)) {
    try {
      faults.push(...(await look(origin)));
    } catch {
      faults.push(`${what}: the connection broke off`);
    }
  }
  return [...faults, ...(await lookAtCron(origin, patience.cron))];
}

const PROTECTION = {
  'content-security-policy': "default-src 'none'",
  'strict-transport-security': 'max-age=63072000',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** Each address, with the faults it shows. */
const LOOKS: Record<string, (origin: string) => Promise<string[]>> = {
  '/sante': async (origin) => {
    const answer = await fetch(`${origin}/sante`);
    const said = await answer.text();
    return answer.ok ? [] : [`/sante answers ${answer.status}: ${said.slice(0, 300)}`];
  },
  '/connexion': async (origin) => {
    const page = await fetch(`${origin}/connexion`);
    const unprotected = Object.entries(PROTECTION).filter(
      ([name, part]) => !page.headers.get(name)?.includes(part),
    );
    return [
      ...(page.ok ? [] : [`/connexion answers ${page.status}`]),
      ...unprotected.map(
        ([name, part]) => `/connexion has ${name} « ${page.headers.get(name) ?? ''} », without « ${part} »`,
      ),
    ];
  },
  '/styles.css': async (origin) => {
    const style = await fetch(`${origin}/styles.css`);
    return style.ok ? [] : [`/styles.css answers ${style.status}`];
  },
  'an unknown address': async (origin) => {
    const unknown = await fetch(`${origin}/n-existe-pas`);
    return unknown.status === 404 ? [] : [`an unknown address answers ${unknown.status}`];
  },
  '/guichet': lookAtDesk,
  'a sign-in of nobody': async (origin) => {
    // Shaped like an identifier, or nothing would be hashed. It fails, and has hashed twice: more CPU than the free plan has.
    const identifiant = String(Date.now()).slice(-7);
    const signIn = await fetch(`${origin}/connexion`, {
      method: 'POST',
      body: new URLSearchParams({ identifiant, mot_de_passe: 'Essai-1234' }),
    });
    const isJudged = !(await signIn.text()).includes('id="identifiant-error"');
    if (signIn.status === 422 && isJudged) return [];
    return [`a sign-in of nobody answers ${signIn.status}: can the Worker hash there?`];
  },
};

/** From outside the desk is Access' own sign-in, or nothing at all; anything else is an open door. */
async function lookAtDesk(origin: string): Promise<string[]> {
  const faults = ['/guichet', '/guichet/journal'].map(async (path) => {
    const { status, headers } = await fetch(`${origin}${path}`, { redirect: 'manual' });
    const host = URL.parse(headers.get('location') ?? '')?.host ?? '';
    const isAccess = status === 302 && host.endsWith('.cloudflareaccess.com');
    if (isAccess || status === 404) return [];
    return [
      `${path} answers ${status}, not Cloudflare Access: empty DESK_AUDIENCE and deploy, then look at its application`,
    ];
  });
  return (await Promise.all(faults)).flat();
}

type Health = { status?: string; cronSeconds?: number | null };

/** Whether cron has ever run; /sante calls it well until it has. A portal that is not well has said so above. */
async function lookAtCron(origin: string, patience: number): Promise<string[]> {
  const hasRun = async () => typeof (await readHealth(origin))?.cronSeconds === 'number';
  if ((await readHealth(origin))?.status !== 'ok' || (await hasRun())) return [];
  console.log(`\nWaiting for the first run of cron, ${minutes(patience)} at most…`);
  if (await waitFor(hasRun, patience)) return [];
  return [
    'cron has not run yet: a new trigger may take 15 minutes. Until « cronSeconds » of /sante is a number, no mail is tried again',
  ];
}

function readHealth(origin: string): Promise<Health | undefined> {
  return fetch(`${origin}/sante`)
    .then((answer) => answer.json() as Promise<Health>)
    .catch(() => undefined);
}

function answers(origin: string): Promise<boolean> {
  return fetch(`${origin}/sante`).then(
    () => true,
    () => false,
  );
}

async function waitFor(isThere: () => Promise<boolean>, patience: number): Promise<boolean> {
  for (const until = Date.now() + patience; ; ) {
    if (await isThere()) return true;
    if (Date.now() + BETWEEN_TRIES > until) return false;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
  }
}

function minutes(ms: number): string {
  return ms < 120_000 ? `${ms / 1000} seconds` : `${ms / 60_000} minutes`;
}
