// The page after a request that is answered by mail only: no mail's fate, and no button that leads away from the mailbox.

import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { showPage } from './layout.tsx';
import { OtherWays } from './parts.tsx';
import { type PortalContext, retryAt } from './portal.ts';

const words = text.forgottenPassword;

type Sent = {
  title: string;
  /** What left, and what to do with it when it comes. */
  sentences: string[];
  /** Where to ask again. */
  again: string;
  tips: string[];
  status?: 429;
};

/** The same in every case, whether there is such an account or not. */
export function showMailSent(c: PortalContext, sent: Sent) {
  const [first, next, ...others] = sent.sentences;
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
        {[...sent.tips, words.callUs].map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
      <OtherWays
        ways={[
          { href: sent.again, label: words.again },
          { href: PATHS.signIn, label: words.back },
        ]}
      />
    </>
  );
  return showPage(c, { title: sent.title, heading: words.openTitle, status: sent.status, body });
}

/** A mail was asked for lately, and no other can leave before an hour that is told; neutral, as the page above. */
export function showResetTooSoon(c: PortalContext, until: number) {
  return showMailSent(c, {
    title: words.sentTitle,
    sentences: [...words.alreadySent, words.nextFrom(retryAt(c, until))],
    again: PATHS.forgottenPassword,
    tips: words.tooSoonTips,
    status: 429,
  });
}

/** After « ce n’est pas moi »: no password is left to sign in with, so no form asks for one. */
export function showSecured(c: PortalContext) {
  const { securedTitle: title, secured: sentences, securedTips: tips } = text.spaceSessions;
  return showMailSent(c, { title, sentences, again: PATHS.forgottenPassword, tips });
}

/** The sentence for a network that asked too often, whatever it named. */
export function tooManyAsks(c: PortalContext, until: number): string {
  return words.tooManyAsks(retryAt(c, until));
}
