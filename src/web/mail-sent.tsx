// The neutral page after a request that is answered by mail only: the same in every case, and no mail's fate.

import { text } from '../text.ts';
import { showPage } from './layout.tsx';
import { NextStep, OtherWays } from './parts.tsx';
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

export function showMailSent(c: PortalContext, sent: Sent) {
  const [lead, ...others] = sent.sentences;
  const body = (
    <>
      <p class="lead">{lead}</p>
      {others.map((sentence) => (
        <p>{sentence}</p>
      ))}
      <p>{words.lookFor(c.get('settings').ORGANISATION_SHORT_NAME)}</p>
      <ol class="tips">
        {[...sent.tips, words.callUs].map((tip) => (
          <li>{tip}</li>
        ))}
      </ol>
      <NextStep way={{ href: '/connexion', label: text.signIn.title }} />
      <OtherWays ways={[{ href: sent.again, label: words.again }]} />
    </>
  );
  return showPage(c, { title: sent.title, status: sent.status, body });
}

/** A mail was asked for lately, and no other can leave before an hour that is told; neutral, as the page above. */
export function showResetTooSoon(c: PortalContext, until: number) {
  return showMailSent(c, {
    title: words.sentTitle,
    sentences: [words.alreadySent, words.nextFrom(retryAt(c, until))],
    again: '/mot-de-passe-oublie',
    tips: words.tooSoonTips,
    status: 429,
  });
}

/** The sentence for a network that asked too often, whatever it named. */
export function tooManyAsks(c: PortalContext, until: number): string {
  return words.tooManyAsks(retryAt(c, until));
}
