// /plan-du-site: every page there is a way to, for who would rather read a list than look for a link (RGAA 12.1).

import { Hono } from 'hono';
import { showPage } from '../web/layout.tsx';
import { OtherWays } from '../web/parts.tsx';
import type { Portal } from '../web/portal.ts';
import { askHelpText } from '../words/ask-help.ts';
import { codeText } from '../words/code.ts';
import { helpText } from '../words/help.ts';
import { text } from '../words/pages.ts';

export const siteMap = new Hono<Portal>();

siteMap.get('/', (c) => {
  const body = (
    <>
      <h2>{text.siteMap.openTitle}</h2>
      <OtherWays
        ways={[...OPEN, ...text.layout.links(c.get('settings').ACCESSIBILITY_STATE).filter(isElsewhere)]}
      />
      <h2>{text.siteMap.ownTitle}</h2>
      <OtherWays ways={OWN} />
    </>
  );
  return showPage(c, { title: text.siteMap.title, body });
});

const OPEN = [
  { href: '/connexion', label: text.signIn.title },
  { href: '/inscription', label: text.signUp.title },
  { href: '/inscription/courriel', label: text.mailFates.ask },
  { href: '/mot-de-passe-oublie', label: text.signIn.forgottenPassword },
  { href: '/identifiant-oublie', label: text.signIn.forgottenIdentifier },
  { href: '/inscription/aide', label: askHelpText.title },
  { href: '/code', label: codeText.title },
  { href: '/aide#entrer', label: helpText.stuck.title },
];

const OWN = [
  { href: '/espace', label: text.space.title },
  { href: '/espace/mot-de-passe', label: text.space.password },
  { href: '/espace/courriel', label: text.space.emailPage },
  { href: '/espace/sessions', label: text.space.sessions },
  { href: '/espace/mes-donnees', label: text.space.data },
  { href: '/espace/fermeture', label: text.space.closing },
];

function isElsewhere({ href }: { href: string }): boolean {
  return href !== '/plan-du-site';
}
