// /aide: the landlord's leaflet as a guide with drawings, for the screen and for paper, and the way back in.

import { Hono } from 'hono';
import { identifierStem } from '../account/identifier.ts';
import { PASSWORD_LINES } from '../account/password/rule.ts';
import { PATHS } from '../paths.ts';
import { Drawing } from '../web/drawing.tsx';
import { Contents, Part } from '../web/guide.tsx';
import { showPage } from '../web/layout.tsx';
import { Points, PrintButton } from '../web/parts.tsx';
import type { Portal } from '../web/portal.ts';
import { Stuck } from '../web/stuck.tsx';
import { helpText as words } from '../words/help.ts';
import { text } from '../words/pages.ts';

export const help = new Hono<Portal>();

help.get('/', (c) => {
  const settings = c.get('settings');
  const { IDENTIFIER_PREFIX, ORGANISATION_SHORT_NAME, PORTAL_ORIGIN, PROVISIONAL_PASSWORD_BY_MAIL } =
    settings;
  const stem = identifierStem(IDENTIFIER_PREFIX, 'tenant');
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <p>
        {words.address} <a href="/">{PORTAL_ORIGIN}</a>
      </p>
      <Contents />
      <PrintButton label={words.print} />
      <FillIn />
      <OpenMail sender={ORGANISATION_SHORT_NAME} />
      <ChoosePassword />
      <KeepIdentifier stem={stem} supplierStem={identifierStem(IDENTIFIER_PREFIX, 'supplier')} />
      <SignIn stem={stem} />
      <Forgotten second={words.forgottenPassword.second[PROVISIONAL_PASSWORD_BY_MAIL]} />
      <Stuck />
    </>
  );
  return showPage(c, { title: words.title, heading: words.heading, isDocument: true, body });
});

function FillIn() {
  const { tenantTitle, tenant, supplierTitle, supplier, steps, way } = words.notice;
  return (
    <Part place="creer" steps={steps} way={{ href: PATHS.signUp, label: way }}>
      <h3>{tenantTitle}</h3>
      <p class="surface drawing">
        <Drawing name="notice" alt={text.signUp.noticeAlt} />
      </p>
      <Points points={tenant} />
      <h3>{supplierTitle}</h3>
      <Points points={supplier} />
    </Part>
  );
}

function OpenMail({ sender }: { sender: string }) {
  const { steps, drawing, note } = words.mail;
  return (
    <Part place="activer" steps={steps} drawing={{ name: 'mail', alt: drawing }}>
      <p>{note(sender)}</p>
    </Part>
  );
}

function ChoosePassword() {
  const { steps, drawing, rule } = words.password;
  return (
    <Part place="mot-de-passe" steps={steps} drawing={{ name: 'password', alt: drawing }}>
      <p>{rule}</p>
      <Points points={PASSWORD_LINES.map((line) => text.passwordLines[line])} />
    </Part>
  );
}

function KeepIdentifier({ stem, supplierStem }: { stem: string; supplierStem: string }) {
  const { steps, drawing, note } = words.identifier;
  return (
    <Part place="identifiant" steps={steps} drawing={{ name: 'identifier', alt: drawing }}>
      <p>{note(stem, supplierStem)}</p>
    </Part>
  );
}

function SignIn({ stem }: { stem: string }) {
  const { steps, drawing, bravo, way } = words.signIn;
  const picture = { name: 'signing-in', alt: drawing } as const;
  return (
    <Part place="se-connecter" steps={steps(stem)} drawing={picture} way={{ href: PATHS.signIn, label: way }}>
      <p>
        <strong>{bravo}</strong>
      </p>
    </Part>
  );
}

/** What to do when one of the two is lost, or no mail can be received. */
function Forgotten({ second }: { second: string }) {
  const { forgottenPassword: password, forgottenIdentifier: identifier, noEmail } = words;
  return (
    <>
      <Part
        place="mot-de-passe-oublie"
        steps={[...password.steps, second]}
        drawing={{ name: 'two-mails', alt: password.drawing }}
        way={{ href: PATHS.forgottenPassword, label: password.way }}
      />
      <Part
        place="identifiant-oublie"
        steps={identifier.steps}
        way={{ href: PATHS.forgottenIdentifier, label: identifier.way }}
      />
      <Part
        place="sans-adresse"
        steps={noEmail.steps}
        drawing={{ name: 'code', alt: noEmail.drawing }}
        way={{ href: PATHS.code, label: noEmail.way }}
      >
        <p>{noEmail.note}</p>
      </Part>
    </>
  );
}
