// /accessibilite, /mentions-legales, /donnees-personnelles: what a public body owes its readers.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import type { Settings } from '../env.ts';
import { cookiePrefix } from '../web/cookies.ts';
import { showPage } from '../web/layout.tsx';
import { TableHead } from '../web/parts.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { type LegalFacts, type LegalPage, legalText, mailProviders } from '../words/legal.ts';
import { text } from '../words/pages.ts';
import { callAddress, wholeNumber } from '../words/phone.ts';

export const legal = new Hono<Portal>();

legal.get('/accessibilite', (c) => show(c, legalText.accessibility));
legal.get('/mentions-legales', (c) => show(c, legalText.notices));
legal.get('/donnees-personnelles', (c) => show(c, legalText.personalData));

function show(c: PortalContext, page: (facts: LegalFacts) => LegalPage) {
  const { title, intro, sections } = page(factsOf(c.get('settings')));
  const body = (
    <>
      <p class="lead">{intro}</p>
      {sections.map((section) => (
        <section class="article">
          <h2>{section.title}</h2>
          {section.lines.map((line) => (
            <Line line={line} />
          ))}
        </section>
      ))}
    </>
  );
  return showPage(c, { title, isDocument: true, body });
}

function factsOf(settings: Settings): LegalFacts {
  return {
    organisation: settings.ORGANISATION_NAME,
    address: settings.ORGANISATION_ADDRESS,
    phone: wholeNumber(settings.CONTACT_PHONE),
    email: settings.CONTACT_EMAIL,
    origin: settings.PORTAL_ORIGIN,
    director: settings.PUBLICATION_DIRECTOR,
    dpo: settings.DPO_EMAIL,
    mailProvider: mailProviders[settings.MAIL_PROVIDER],
    graceDays: settings.CLIENT_LEFT_GRACE_DAYS,
    isProvisional: settings.PROVISIONAL_PASSWORD_BY_MAIL === 'on',
    cookiePrefix: cookiePrefix(settings),
    accessibility: {
      state: settings.ACCESSIBILITY_STATE,
      claim: text.accessibilityClaims[settings.ACCESSIBILITY_STATE],
      rate: settings.ACCESSIBILITY_RATE,
      date: settings.ACCESSIBILITY_DATE,
      auditor: settings.ACCESSIBILITY_AUDITOR,
      plan: settings.ACCESSIBILITY_PLAN_URL,
      report: settings.ACCESSIBILITY_REPORT_URL,
    },
  };
}

function Line({ line }: { line: LegalPage['sections'][number]['lines'][number] }) {
  if (typeof line === 'string') return <p>{linked(line)}</p>;
  if (!Array.isArray(line)) return <Table {...line} />;
  return (
    <ul class="tips">
      {line.map((item) => (
        <li>{linked(item)}</li>
      ))}
    </ul>
  );
}

function Table({ caption, heads, rows }: { caption: string; heads: string[]; rows: [string, string][] }) {
  return (
    <table>
      <caption>{caption}</caption>
      <TableHead heads={heads} />
      <tbody>
        {rows.map(([name, value]) => (
          <tr>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The web addresses, mail addresses and telephone numbers of a sentence, as links. */
function linked(sentence: string): Child[] {
  return sentence.split(LINKED).map((part, index) => (index % 2 ? <a href={wayTo(part)}>{part}</a> : part));
}

const LINKED = /(https?:\/\/[^\s,]*[^\s,.]|[\w.+-]+@[\w.-]+\w|(?<=Téléphone.: ).+)/;

function wayTo(part: string): string {
  if (part.includes('@')) return `mailto:${part}`;
  return part.startsWith('http') ? part : callAddress(part);
}
