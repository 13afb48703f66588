// What stands around every page: the landlord's name above it, the help block and the footer below, at the same place.

import type { Settings } from '../env.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { OtherWays, PhoneLink } from './parts.tsx';
import { publicFile } from './public-files.ts';

/** The head of every page: the way past it, the landlord’s name; in the space, the ways around it. */
export function Top({ settings, isOwn = false }: { settings: Settings; isOwn?: boolean }) {
  return (
    <>
      <a class="skip" href="#contenu">
        {text.layout.skip}
      </a>
      <header class="top">
        <div class="top-inside">
          <a class="home" href="/">
            <span>
              <strong>{text.layout.service}</strong> <small>{settings.ORGANISATION_NAME}</small>
            </span>
            <img src={publicFile('mark.svg')} alt="" width="44" height="44" />
          </a>
          {isOwn && <OwnWays />}
        </div>
      </header>
    </>
  );
}

/** In the head of every page of the space: its first page, and the way out. */
function OwnWays() {
  return (
    <nav class="own" aria-label={text.layout.own}>
      <a href={PATHS.space}>{text.space.title}</a>{' '}
      <form method="post" action={PATHS.signOut}>
        <button type="submit">{text.space.signOut}</button>
      </form>
    </nav>
  );
}

/** The foot of every page: the help block, the landlord’s address, the legal pages. */
export function Bottom({ settings }: { settings: Settings }) {
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
          <OtherWays ways={text.layout.links(settings.ACCESSIBILITY_STATE)} />
        </nav>
      </footer>
    </>
  );
}

function Help({ settings }: { settings: Settings }) {
  return (
    <aside class="surface help" aria-labelledby="aide">
      <h2 id="aide">{text.layout.helpTitle}</h2>
      <p>{text.layout.helpBody}</p>
      <Contact settings={settings} />
      <p class="guide">
        <a href={PATHS.help}>{text.layout.guide}</a>
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
