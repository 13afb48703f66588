// What an account is: its identifier, its address, and what can be done with it.

import { groupIdentifier } from '../account/identifier.ts';
import type { SignedIn } from '../account/signed-in.ts';
import { PATHS } from '../paths.ts';
import { text } from '../words/pages.ts';
import { LastSignIn } from './last-sign-in.tsx';
import { Address, Fact, Facts, Identifier } from './parts.tsx';
import { SPACE_WAYS } from './ways.ts';

export function AccountFacts({ session, timeZone }: { session: SignedIn; timeZone: string }) {
  return (
    <Facts>
      <Fact name={text.space.reference[session.kind]}>{session.reference}</Fact>
      <Fact name={text.space.identifier}>
        <Identifier groups={groupIdentifier(session.identifier)} />
      </Fact>
      <Fact name={text.space.email}>
        {session.email === null ? <NoAddress /> : <Address email={session.email} />}
        {session.newEmail && (
          <small>
            {text.space.pendingEmail(session.newEmail)}{' '}
            <a href={PATHS.spaceEmail}>{text.space.pendingEmailFate}</a>
          </small>
        )}
      </Fact>
      <LastSignIn session={session} timeZone={timeZone} />
    </Facts>
  );
}

function NoAddress() {
  return (
    <>
      {text.code.noAddress}
      <small>{text.code.noAddressNext}</small>
    </>
  );
}

/** What its holder can do with it; who has no address adds one. */
export function accountWays({ email }: SignedIn) {
  if (email !== null) return SPACE_WAYS;
  return SPACE_WAYS.map((way) => (way.href === PATHS.spaceEmail ? { ...way, label: text.code.addOne } : way));
}
