// A letter is written once, as plain facts; its text and HTML parts are two prints of the same lines.

import type { Settings } from '../env.ts';

type Line =
  /** A paragraph. */
  | string
  /** The one thing to do; alone on its line in the text part. */
  | { link: string; url: string }
  /** Something to keep, such as the identifier. */
  | { label: string; value: string };

/** What a letter says; the signature is added when it is printed. */
export type Letter = { subject: string; lines: Line[] };

/** The text part: readable aloud, each link alone on its line. */
export function printText(letter: Letter, settings: Settings): string {
  const lines = letter.lines.map((line) => {
    if (typeof line === 'string') return line;
    return 'link' in line ? `${line.link} :\n\n${line.url}` : `${line.label} ${line.value}`;
  });
  return [...lines, ...signature(settings)].join('\n\n');
}

/** The HTML part: the same lines, no remote image, styles inline since mail readers drop the rest. */
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
      <body style={BODY}>
        <div style={`${SHEET};border-top:10px solid ${settings.ACCENT_COLOR || SEA}`}>
          <div style={GOLD}>
            {letter.lines.map((line) => (
              <HtmlLine line={line} settings={settings} />
            ))}
            <hr style={RULE} />
            {signature(settings).map((line) => (
              <p style={SMALL}>{line}</p>
            ))}
          </div>
        </div>
      </body>
    </html>
  );
  return `<!DOCTYPE html>${page.toString()}`;
}

function HtmlLine({ line, settings }: { line: Line; settings: Settings }) {
  if (typeof line === 'string') return <p style={PARAGRAPH}>{line}</p>;
  if ('link' in line) {
    const accent = settings.ACCENT_COLOR || SEA;
    return (
      // Outlook pads a cell, not a link.
      <table role="presentation" cellpadding={0} cellspacing={0} border={0} style={CELL}>
        <tr>
          <td bgcolor={accent} style={`${BUTTON};background:${accent}`}>
            <a href={line.url} style={LINK}>
              {line.link}
            </a>
          </td>
        </tr>
      </table>
    );
  }
  return (
    <p style={PARAGRAPH}>
      {line.label}
      <br />
      <strong style={VALUE}>{line.value}</strong>
    </p>
  );
}

function signature(settings: Settings): string[] {
  return [
    'Cordialement,',
    `Le service technique du portail\n${settings.ORGANISATION_NAME}`,
    `Une difficulté ? Contactez votre gestionnaire au ${settings.CONTACT_PHONE} ou écrivez à ${settings.CONTACT_EMAIL}.`,
  ];
}

const FONT =
  "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:17px;line-height:1.5";
const BODY = `margin:0;padding:24px 12px;${FONT}`;
// The portal's sea and gold, as at the head of its pages.
const SHEET = 'max-width:560px;margin:0 auto';
const GOLD = 'border-top:3px solid #e0a92e;padding-top:24px';
const PARAGRAPH = 'margin:0 0 20px;white-space:pre-line';
const SMALL = 'margin:0 0 12px;font-size:15px;white-space:pre-line';
const RULE = 'border:0;border-top:1px solid #b9c4c2;margin:28px 0 20px';
const VALUE = 'font-size:24px;letter-spacing:0.06em';
const CELL = 'margin:0 0 20px';
/** The action's colour on the pages, when the landlord has no accent. */
const SEA = '#0b5563';
const BUTTON = 'padding:14px 22px;border-radius:8px';
const LINK = 'color:#ffffff;font-weight:bold;text-decoration:none';
