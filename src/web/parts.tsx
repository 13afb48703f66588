// The small parts that pages are put together from, the same everywhere.

import type { Child } from 'hono/jsx';
import type { Settings } from '../env.ts';
import { text } from '../words/pages.ts';
import { callAddress, wholeNumber } from '../words/phone.ts';

/** The number to call, where a sentence says « appelez-nous ». */
export function Phone({ settings }: { settings: Settings }) {
  return (
    <p>
      {text.layout.phone} <PhoneLink settings={settings} />
    </p>
  );
}

/** The landlord's number; a press on a phone calls it. */
export function PhoneLink({ settings: { CONTACT_PHONE } }: { settings: Settings }) {
  return <a href={callAddress(CONTACT_PHONE)}>{wholeNumber(CONTACT_PHONE)}</a>;
}

/** The way of who cannot go on alone: a button that calls. */
export function callWay({ CONTACT_PHONE }: Settings): Way {
  return { href: callAddress(CONTACT_PHONE), label: text.layout.call(wholeNumber(CONTACT_PHONE)) };
}

/** An identifier in groups, easy to read aloud; copying it gives no spaces. */
export function Identifier({ groups }: { groups: string[] }) {
  return (
    <span class="identifier">
      {groups.map((group) => (
        <span>{group}</span>
      ))}
    </span>
  );
}

/** An e-mail address, which may break behind its @ when the line is too narrow. */
export function Address({ email }: { email: string }) {
  const at = email.lastIndexOf('@') + 1;
  return (
    <>
      {email.slice(0, at)}
      <wbr />
      {email.slice(at)}
    </>
  );
}

/** A way on: where it leads, what it says. */
export type Way = { href: string; label: string };

/** The one next step of a page, as a button. */
export function NextStep({ way }: { way: Way }) {
  return (
    <p class="actions">
      <a class="button next-step" href={way.href}>
        {way.label}
      </a>
    </p>
  );
}

/** What else people may look for here. */
export function OtherWays({ ways }: { ways: Way[] }) {
  return (
    <ul class="ways">
      {ways.map(({ href, label }) => (
        <li>
          <a href={href}>{label}</a>
        </li>
      ))}
    </ul>
  );
}

/** Things to know, in no order. */
export function Points({ points }: { points: string[] }) {
  return (
    <ul class="tips">
      {points.map((point) => (
        <li>{point}</li>
      ))}
    </ul>
  );
}

/** A fact and its name, among `Facts`. */
export function Fact({ name, children }: { name: string; children: Child }) {
  return (
    <div>
      <dt>{name}</dt> <dd>{children}</dd>
    </div>
  );
}

/** The names of a table's columns. */
export function TableHead({ heads }: { heads: string[] }) {
  return (
    <thead>
      <tr>
        {heads.map((head) => (
          <th scope="col">{head}</th>
        ))}
      </tr>
    </thead>
  );
}

/** What happened when, the date first: a table under its title. */
export function Records({ title, heads, rows }: { title: string; heads: string[]; rows: string[][] }) {
  return (
    <table>
      <caption>{title}</caption>
      <TableHead heads={heads} />
      <tbody>
        {rows.map((row) => (
          <tr>
            {row.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A button that prints the page; shown by the script, since without one it could do nothing. */
export function PrintButton({ label, isMain = false }: { label: string; isMain?: boolean }) {
  return (
    <p class="extras" hidden>
      <button type="button" class={isMain ? undefined : 'second'} data-do="print">
        {label}
      </button>
    </p>
  );
}

/** What is told in a box of its own, with an edge in its colour: something that went well, something to know. */
export function Callout({ kind, children }: { kind: 'done' | 'calm'; children: Child }) {
  return (
    <div class={`callout ${kind}`} role="status">
      {children}
    </div>
  );
}

/** Something that went well, in a sentence. */
export function Done({ children }: { children: Child }) {
  return (
    <Callout kind="done">
      <p>{children}</p>
    </Callout>
  );
}

/** Something to know, not something wrong, in a sentence or two. */
export function Calm({ children }: { children: Child }) {
  return (
    <Callout kind="calm">
      <p>{children}</p>
    </Callout>
  );
}

/** What stands apart on a surface of its own. */
export function Surface({ class: name, children }: { class: string; children: Child }) {
  return <div class={`surface ${name}`}>{children}</div>;
}

/** Facts, each with its name (see `Fact`). */
export function Facts({ children }: { children: Child }) {
  return <dl class="surface facts">{children}</dl>;
}

/** The address a mail goes to, on a line of its own. */
export function MailAddress({ email }: { email: string }) {
  return (
    <p class="surface address">
      <Address email={email} />
    </p>
  );
}
