// The page after a request that is answered by mail only: no mail's fate, and no button that leads away from the mailbox.

import { text } from '../text.ts';
import { showPage } from './layout.tsx';
import { OtherWays } from './parts.tsx';
import type { PortalContext } from './portal.ts';

type Sent = {
  title: string;
  /** What left, and what to do with it when it comes. */
  sentences: string[];
  /** Where to ask again. */
  again: string;
  tips: string[];
};

/** The same in every case, whether there is such an account or not. */
export function showMailSent(c: PortalContext, { title, sentences, again, tips }: Sent) {
  const words = text.forgottenPassword;
  const [first, next, ...others] = sentences;
  const body = (
    <>
      <p>{first}</p>
      {next && <p class="next">{next}</p>}
      {others.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p>{words.lookFor(c.get('settings').ORGANISATION_SHORT_NAME)}</p>
      <h2>{text.signUpMail.nothingYet}</h2>
      <ol class="tips">
        {[...tips, words.callUs].map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
      <OtherWays
        ways={[
          { href: again, label: words.again },
          { href: '/connexion', label: words.back },
        ]}
      />
    </>
  );
  return showPage(c, { title, heading: words.openTitle, body });
}

/** After « ce n’est pas moi »: no password is left to sign in with, so no form asks for one. */
export function showSecured(c: PortalContext) {
  const { securedTitle: title, secured: sentences, securedTips: tips } = text.spaceSessions;
  return showMailSent(c, { title, sentences, again: '/mot-de-passe-oublie', tips });
}
