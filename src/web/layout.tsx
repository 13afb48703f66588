// A page in its frame: head, title, status, heading, and what was refused.

import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Settings } from '../env.ts';
import { oncePer } from '../platform/cache.ts';
import { deskText } from '../words/desk.ts';
import { text } from '../words/pages.ts';
import { accentStyle } from './accent.ts';
import { DESK_FILES, DeskTop } from './desk-frame.tsx';
import { ErrorSummary } from './form.tsx';
import { Bottom, Top } from './frame.tsx';
import type { PortalContext } from './portal.ts';
import { publicFile } from './public-files.ts';
import type { Refusal } from './read-form.ts';

type Page = {
  title: string;
  /** The first heading, where it is not the title. */
  heading?: Child;
  /** Which step of the leaflet's road this is: form, mail, password. */
  step?: 1 | 2 | 3;
  refusal?: Refusal;
  status?: ContentfulStatusCode;
  /** Read or printed as a document: it takes the second style sheet. */
  isDocument?: boolean;
  body: Child;
};

const DOCUMENTS = raw(`<link rel="stylesheet" href="${publicFile('documents.css')}">`);

/** Answers with a page under its heading. A refusal gives the status, « Erreur : » before the title, and its summary. */
export function showPage(c: PortalContext, page: Page) {
  const { title, heading = title, step, refusal, status = 200, isDocument, body } = page;
  const agent = c.get('agent');
  const frame = frameOf(c.get('settings'));
  const isDesk = typeof agent === 'object';
  const isSpace = !isDesk && c.get('session') !== undefined;
  const top = isDesk ? <DeskTop c={c} agent={agent} /> : isSpace ? frame.ownTop : frame.top;
  const sheets = [isDocument && DOCUMENTS, isDesk && DESK_FILES].filter(Boolean);
  const end = isDesk ? deskText.titleEnd(title) : `${title} – ${text.layout.service}`;
  const main = (
    <main id="contenu" tabindex={-1}>
      {refusal && <ErrorSummary {...refusal} />}
      {step && <p class="step">{text.layout.step(step)}</p>}
      <h1>{heading}</h1>
      {body}
    </main>
  );
  const answer = html`<!DOCTYPE html><html lang="fr"${isDesk ? raw(' class="desk"') : ''}><head>${isDesk || isSpace ? frame.ownHead : frame.head}${sheets}<title>${refusal ? text.layout.errorTitle : ''}${end}</title></head><body>${top}${main}${isDesk ? '' : frame.bottom}</body></html>`;
  return c.html(answer, refusal ? (refusal.status ?? 422) : status);
}

/** What stands around every page. Only the settings change it: rendered with each page, it would be half the work. */
const frameOf = oncePer((settings: Settings) => ({
  head: renderHead(settings, text.layout.description(settings.ORGANISATION_SHORT_NAME)),
  // No search engine reads what is somebody's own.
  ownHead: renderHead(settings),
  top: raw(<Top settings={settings} />),
  ownTop: raw(<Top settings={settings} isOwn />),
  bottom: raw(<Bottom settings={settings} />),
}));

/** Not as JSX: in there it would be moved to a head that is not its own. The style's hash is in the policy. */
function renderHead({ ACCENT_COLOR }: Settings, description?: string) {
  const style = accentStyle(ACCENT_COLOR);
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
${description && html`<meta name="description" content="${description}">`}
<link rel="icon" href="${publicFile('mark.svg')}" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="stylesheet" href="${publicFile('styles.css')}">
${raw(style && `<style>${style}</style>`)}
<script src="${publicFile('portal.js')}" defer></script>
`;
}
