// /espace: the personal space.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { frenchDateTime } from '../rules/french-time.ts';
import { groupIdentifier } from '../rules/identifier.ts';
import { fullName } from '../rules/names.ts';
import { text } from '../text.ts';
import { SentEmailHint } from '../web/email-hint.tsx';
import { Identifier, OtherWays, showPage } from '../web/layout.tsx';
import type { Portal } from '../web/portal.ts';

export const space = new Hono<Portal>();

space.get('/', (c) => {
  const session = c.get('session');
  const settings = c.get('settings');
  const { previousSignInAt } = session;
  const lastSignIn = previousSignInAt
    ? frenchDateTime(previousSignInAt, settings.TIME_ZONE)
    : text.space.firstSignIn;
  const body = (
    <>
      <h1>{text.space.hello(fullName(session))}</h1>
      {previousSignInAt === null && <Bravo />}
      <dl class="facts">
        <Fact name={text.space.reference[session.kind]}>{session.reference}</Fact>
        <Fact name={text.space.identifier}>
          <Identifier groups={groupIdentifier(session.identifier)} />
        </Fact>
        <Fact name={text.space.email}>
          {session.email}
          {session.newEmail && (
            <small>
              {text.space.pendingEmail(session.newEmail)}{' '}
              <a href="/espace/courriel">{text.space.pendingEmailFate}</a>
            </small>
          )}
        </Fact>
        <Fact name={text.space.lastSignIn}>{lastSignIn}</Fact>
      </dl>
      <SentEmailHint email={session.newEmail ?? ''} way="/espace/courriel" label={text.space.emailPage} />
      <h2>{text.space.actions}</h2>
      <OtherWays ways={WAYS} />
      <form method="post" action="/deconnexion">
        <button type="submit" class="second">
          {text.space.signOut}
        </button>
      </form>
    </>
  );
  return showPage(c, { title: text.space.title, body });
});

const WAYS = [
  { href: '/espace/mot-de-passe', label: text.space.password },
  { href: '/espace/courriel', label: text.space.emailPage },
  { href: '/espace/sessions', label: text.space.sessions },
  { href: '/espace/donnees', label: text.space.data },
  { href: '/espace/fermeture', label: text.space.closing },
];

function Bravo() {
  return (
    <div class="done" role="status">
      <p>
        <strong>{text.space.bravo}</strong>
      </p>
      <p>{text.space.bravoNext}</p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
