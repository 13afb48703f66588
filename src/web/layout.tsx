// The frame of every page: the landlord's name, the page, the help block at the same place, the footer.

import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Settings } from '../env.ts';
import { oncePer } from '../rules/once-per.ts';
import { text } from '../text.ts';
import { accentStyle } from './accent.ts';
import type { Refusal } from './form.tsx';
import { OtherWays, PhoneLink } from './parts.tsx';
import type { PortalContext } from './portal.ts';

type Page = {
  title: string;
  /** The first heading, where it is not the title. */
  heading?: Child;
  refusal?: Refusal;
  status?: ContentfulStatusCode;
  body: Child;
};

/** Answers with a page under its heading. A refusal gives the status, and « Erreur : » before the title. */
export function showPage(c: PortalContext, { title, heading = title, refusal, status = 200, body }: Page) {
  const name = `${refusal ? text.layout.errorTitle : ''}${title} – ${text.layout.service}`;
  const { head, top, bottom } = frameOf(c.get('settings'));
  const page = html`<!DOCTYPE html><html lang="fr"><head>${head}<title>${name}</title></head><body>${top}<main id="contenu" tabindex="-1"><h1>${heading}</h1>${body}</main>${bottom}</body></html>`;
  return c.html(page, refusal ? (refusal.status ?? 422) : status);
}

/** What stands around every page. Only the settings change it: rendered with each page, it would be half the work. */
const frameOf = oncePer((settings: Settings) => ({
  head: renderHead(settings),
  top: raw(<Top settings={settings} />),
  bottom: raw(<Bottom settings={settings} />),
}));

/** Not as JSX: in there it would be moved to a head that is not its own. The style's hash is in the policy. */
function renderHead({ ACCENT_COLOR }: Settings): HtmlEscapedString {
  const style = accentStyle(ACCENT_COLOR);
  return raw(`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="stylesheet" href="/styles.css">
${style && `<style>${style}</style>`}
<script src="/portal.js" defer></script>
`);
}

function Top({ settings }: { settings: Settings }) {
  return (
    <>
      <a class="skip" href="#contenu">
        {text.layout.skip}
      </a>
      <header class="top">
        <div class="top-inside">
          <p>
            <strong>{text.layout.service}</strong>
            <span>{settings.ORGANISATION_NAME}</span>
          </p>
          <img src="/mark.svg" alt="" width="44" height="44" />
        </div>
      </header>
    </>
  );
}

function Bottom({ settings }: { settings: Settings }) {
  return (
    <>
      <Help settings={settings} />
      <footer class="foot">
        <p>
          {settings.ORGANISATION_NAME}
          {settings.ORGANISATION_ADDRESS && <br />}
          {settings.ORGANISATION_ADDRESS}
        </p>
        <nav aria-label={text.layout.footer}>
          <OtherWays ways={text.layout.links} />
        </nav>
      </footer>
    </>
  );
}

function Help({ settings }: { settings: Settings }) {
  return (
    <aside class="help" aria-labelledby="aide">
      <h2 id="aide">{text.layout.helpTitle}</h2>
      <p>{text.layout.helpBody}</p>
      <Contact settings={settings} />
      <p class="guide">
        <a href="/aide">{text.layout.guide}</a>
      </p>
    </aside>
  );
}

/** The landlord's phone, hours and address for mail. */
function Contact({ settings }: { settings: Settings }) {
  return (
    <ul class="contact">
      <li>
        <span>{text.layout.phone}</span> <PhoneLink settings={settings} />
      </li>
      {settings.CONTACT_HOURS && (
        <li>
          <span>{text.layout.hours}</span> {settings.CONTACT_HOURS}
        </li>
      )}
      <li>
        <span>{text.layout.write}</span>{' '}
        <a href={`mailto:${settings.CONTACT_EMAIL}`}>{settings.CONTACT_EMAIL}</a>
      </li>
    </ul>
  );
}
