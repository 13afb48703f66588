// A deployed portal, tried from outside: that it answers, that it is protected, and that it can hash there.

/**
 * Tries a portal's public addresses. Nothing is created: the one form posted is a sign-in of nobody.
 * @param patience how long a domain may take to answer at all, in ms
 * @returns one line per thing that is not as it should be
 */
export async function smoke(origin: string, patience = FIRST_ANSWER): Promise<string[]> {
  if (!(await answersWithin(patience, origin)))
    return [`${origin} does not answer: its DNS, its certificate?`];
  const faults: string[] = [];
  const expect = (isRight: boolean, fault: string) => isRight || faults.push(fault);
  const health = await fetch(`${origin}/sante`);
  expect(health.ok, `/sante answers ${health.status}: ${(await health.text()).slice(0, 300)}`);
  const page = await fetch(`${origin}/connexion`);
  expect(page.ok, `/connexion answers ${page.status}`);
  for (const [name, part] of Object.entries(PROTECTION)) {
    const value = page.headers.get(name) ?? '';
    expect(value.includes(part), `/connexion has ${name} « ${value} », without « ${part} »`);
  }
  const style = await fetch(`${origin}/styles.css`);
  expect(style.ok, `/styles.css answers ${style.status}`);
  const unknown = await fetch(`${origin}/n-existe-pas`);
  expect(unknown.status === 404, `an unknown address answers ${unknown.status}`);
  // A sign-in that fails has hashed twice: more CPU than the free plan has.
  const signIn = await fetch(`${origin}/connexion`, {
    method: 'POST',
    body: new URLSearchParams({ identifiant: `essai-${Date.now()}`, mot_de_passe: 'Essai-1234' }),
  });
  expect(signIn.status === 422, `a sign-in of nobody answers ${signIn.status}: can the Worker hash there?`);
  return faults;
}

/** A new domain's certificate is made in minutes. */
const FIRST_ANSWER = 5 * 60_000;
const BETWEEN_TRIES = 5_000;

async function answersWithin(patience: number, origin: string): Promise<boolean> {
  for (const until = Date.now() + patience; ; ) {
    const isThere = await fetch(`${origin}/sante`).then(
      () => true,
      () => false,
    );
    if (isThere || Date.now() + BETWEEN_TRIES > until) return isThere;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES));
  }
}

const PROTECTION = {
  'content-security-policy': "default-src 'none'",
  'strict-transport-security': 'max-age=63072000',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};
