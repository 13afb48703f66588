// The HTML part of a letter, in what every mail reader understands: tables, styles on each element, no image.
// What Outlook for Windows and Samsung Email do not know (https://www.caniemail.com): a width limit on anything but a
// table's own, padding outside a cell, `white-space`, a font that is only inherited.

import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Settings } from '../../env.ts';
import { callAddress, wholeNumber } from '../../words/phone.ts';
import { type Letter, type Line, sayCall, signatureOf } from './letter.tsx';

/** The same lines as `printText`, under the landlord's name. */
export function printHtml(letter: Letter, settings: Settings): string {
  const page = (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{letter.subject}</title>
      </head>
      <body style="margin:0;padding:0">
        <div style={PREVIEW}>{letter.preview}</div>
        <Sheet>
          <Head settings={settings} />
          <tr>
            <td style={`${FONT};padding:22px 16px`}>
              {letter.lines.map((line) => (
                <HtmlLine line={line} settings={settings} />
              ))}
              <Signature settings={settings} />
            </td>
          </tr>
        </Sheet>
      </body>
    </html>
  );
  return `<!DOCTYPE html>${page.toString()}`;
}

/** 560 px at most: Outlook reads the table of its own comment, the others the one with `max-width`. */
function Sheet({ children }: { children: Child }) {
  return (
    <>
      {raw('<!--[if mso]><table role="presentation" align="center" width="560"><tr><td><![endif]-->')}
      <table {...PLAIN} align="center" width="100%" style="max-width:560px;margin:0 auto">
        {children}
      </table>
      {raw('<!--[if mso]></td></tr></table><![endif]-->')}
    </>
  );
}

/** The sender at the top, in the portal's sea and the gold of letters. */
function Head({ settings }: { settings: Settings }) {
  const accent = settings.ACCENT_COLOR || SEA;
  return (
    <tr>
      <td
        bgcolor={accent}
        style={`${FONT};background:${accent};padding:14px 16px;color:#ffffff;border-bottom:4px solid #e0a92e`}
      >
        <strong>{SERVICE}</strong>
        <br />
        {settings.ORGANISATION_SHORT_NAME}
      </td>
    </tr>
  );
}

function HtmlLine({ line, settings }: { line: Line; settings: Settings }) {
  if (typeof line === 'string') return <p style={PARAGRAPH}>{line}</p>;
  if ('call' in line) {
    return (
      <p style={PARAGRAPH}>
        <Linked sentence={sayCall(line.call, settings)} settings={settings} />
      </p>
    );
  }
  if ('link' in line) return <Button {...line} accent={settings.ACCENT_COLOR || SEA} />;
  return (
    <p style={PARAGRAPH}>
      {line.label}
      <br />
      <strong style="font-size:24px;letter-spacing:0.06em">{line.value}</strong>
    </p>
  );
}

/** A press anywhere on the colour follows the link. Outlook pads the cell, the others the link in it. */
function Button({ link, url, accent }: { link: string; url: string; accent: string }) {
  const pressed = `${FONT};display:block;padding:14px 22px;color:#ffffff;text-align:center;font-weight:bold;text-decoration:none`;
  return (
    <>
      <table {...PLAIN} style="margin:0 0 14px">
        <tr>
          <td
            bgcolor={accent}
            style={`${FONT};background:${accent};border-radius:8px;mso-padding-alt:14px 22px`}
          >
            <a href={url} style={pressed}>
              {link}
            </a>
          </td>
        </tr>
      </table>
      <p style={SMALL}>
        {OTHERWISE}
        <br />
        <a href={url} style={`${SMALL_FONT};color:inherit;word-break:break-all`}>
          {url}
        </a>
      </p>
    </>
  );
}

function Signature({ settings }: { settings: Settings }) {
  return (
    <>
      <hr style="border:0;border-top:1px solid #b9c4c2;margin:28px 0 20px" />
      {signatureOf(settings).map((lines) => (
        <p style={SMALL}>
          {lines.map((line, nth) => (
            <>
              {nth > 0 && <br />}
              <Linked sentence={line} settings={settings} />
            </>
          ))}
        </p>
      ))}
    </>
  );
}

/** A sentence in which the landlord's number calls, and the address writes. */
function Linked({ sentence, settings }: { sentence: string; settings: Settings }) {
  const number = wholeNumber(settings.CONTACT_PHONE);
  const ways: Record<string, string> = {
    [number]: callAddress(number),
    [settings.CONTACT_EMAIL]: `mailto:${settings.CONTACT_EMAIL}`,
  };
  const parts = Object.keys(ways).reduce(
    (cut, way) => cut.flatMap((part) => (part in ways ? [part] : split(part, way))),
    [sentence],
  );
  return (
    <>
      {parts.map((part) =>
        part in ways ? (
          <a href={ways[part]} style={LINK}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** A sentence in parts, what it is cut at included. */
function split(sentence: string, at: string): string[] {
  return sentence.split(at).flatMap((part, nth) => (nth > 0 ? [at, part] : [part]));
}

const SERVICE = 'Portail locataire';
const OTHERWISE = 'Le bouton ne marche pas ? Copiez cette adresse dans votre navigateur :';

const PLAIN = { role: 'presentation', cellpadding: 0, cellspacing: 0, border: 0 } as const;
const FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:1.5';
const SMALL_FONT = 'font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5';
const PARAGRAPH = `${FONT};margin:0 0 20px`;
const SMALL = `${SMALL_FONT};margin:0 0 14px`;
const LINK = 'font-family:Arial,Helvetica,sans-serif;color:inherit';
/** The action's colour on the pages, when the landlord has no accent. */
const SEA = '#0b5563';
const PREVIEW = 'display:none;max-height:0;overflow:hidden;mso-hide:all';
