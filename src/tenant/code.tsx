// /code: who has no mailbox comes in with a code on paper: reference and code, then the password, then the identifier.

import { Hono } from 'hono';
import * as z from 'zod/mini';
import { checkCode, type KnownCode } from '../account/code/check.ts';
import { readCode } from '../account/code/signs.ts';
import { consumeCode } from '../account/code/use.ts';
import { readIdentifier } from '../account/identifier.ts';
import { hasLeft } from '../account/links.ts';
import { pauseBefore } from '../account/lock-out.ts';
import { possibleReferenceKeys } from '../client/reference.ts';
import { CODE, LENGTHS } from '../numbers.ts';
import { PATHS } from '../paths.ts';
import { attemptKey, clearAttempts } from '../platform/counters.ts';
import { networkKey, partName } from '../platform/network-counters.ts';
import { hashPassword, verifyPassword } from '../platform/password-hash.ts';
import { clearSessionCookie, sessionToken, setFlash } from '../web/cookies.ts';
import { line } from '../web/fields.ts';
import { supplierForm } from '../web/identity-form.ts';
import { currentPasswordKey, weaknessOf } from '../web/password-check.ts';
import { newPasswordForm } from '../web/password-fields.tsx';
import {
  afterAnswer,
  deliverAfterAnswer,
  type Portal,
  type PortalContext,
  requestDevice,
  requestNetwork,
  retryAt,
} from '../web/portal.ts';
import { form } from '../web/read-form.ts';
import { logNetworkLimit } from '../web/security-log.ts';
import { text } from '../words/pages.ts';
import { showForm, showPassword, showWrong } from './code-pages.tsx';

const words = text.code;

const schema = z.object({
  reference: supplierForm.shape.reference,
  code: line(words.codeEmpty, LENGTHS.reference).check(
    z.refine((typed) => readCode(typed) !== undefined, { error: words.codeShape }),
  ),
  // Only on the second page: judged once the code is.
  mot_de_passe: z.optional(z.string()),
  confirmation: z.optional(z.string()),
});
type Sent = z.infer<typeof schema>;

export const code = new Hono<Portal>();

code.get('/', (c) => showForm(c, {}));

code.post('/', form(schema, showForm), async (c) => {
  const sent = c.req.valid('form');
  const now = Date.now();
  const checked = await checkCode(c.get('db'), { ...(await tryOf(c, sent)), now });
  if (!checked.ok) return showRefused(c, sent, checked);
  const { found } = checked;
  if (found.usedAt !== null)
    return (await isSecondTap(c, found, sent))
      ? showDone(c, found, found.identifier ?? '')
      : showWrong(c, sent);
  if (hasLeft(found.leftAt, c.get('settings').CLIENT_LEFT_GRACE_DAYS, now))
    return showForm(c, sent, { message: text.signUp.clientLeft });
  if (found.heldAt !== null) return showForm(c, sent, { message: text.signUp.held });
  return sent.mot_de_passe === undefined ? showPassword(c, sent, found) : choosePassword(c, sent, found, now);
});

/** What a try is counted on: all that it may denote, and its network. */
async function tryOf(c: PortalContext, { reference, code: typed }: Sent) {
  const { PORTAL_SECRET } = c.get('settings');
  const keys = possibleReferenceKeys(reference);
  const [key, part] = await Promise.all([
    networkKey(PORTAL_SECRET, 'code', requestNetwork(c)),
    partName(PORTAL_SECRET, 'code', ...keys),
  ]);
  return { keys, code: readCode(typed) ?? '', network: { key, part, most: CODE.perNetwork } };
}

async function choosePassword(c: PortalContext, sent: Sent, found: KnownCode, now: number) {
  const read = newPasswordForm.safeParse(sent);
  if (!read.success) return showPassword(c, sent, found, { errors: firstErrors(read.error.issues) });
  const { mot_de_passe } = read.data;
  const weakness = weaknessOf(c, mot_de_passe, { ...found, identifier: found.identifier ?? '' });
  if (weakness) return showPassword(c, sent, found, { errors: weakness });
  const { IDENTIFIER_PREFIX, CLIENT_LEFT_GRACE_DAYS } = c.get('settings');
  const used = await consumeCode(c.get('db'), {
    found,
    passwordHash: await hashPassword(mot_de_passe),
    prefix: IDENTIFIER_PREFIX,
    graceDays: CLIENT_LEFT_GRACE_DAYS,
    device: requestDevice(c),
    attemptKeys: await attemptKeysOf(c, found),
    formerToken: sessionToken(c),
    now,
  });
  if (!used) return showWrong(c, sent);
  deliverAfterAnswer(c, used.mailIds);
  return showDone(c, found, used.identifier);
}

function firstErrors(issues: z.core.$ZodIssue[]) {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) errors[path.join('.')] ??= message;
  // Nothing is said of the second time while the first needs mending.
  if (errors.mot_de_passe) delete errors.confirmation;
  return errors;
}

/** The counters of wrong passwords of an account that is there. */
async function attemptKeysOf(c: PortalContext, { accountId, identifier }: KnownCode): Promise<string[]> {
  if (accountId === null || identifier === null) return [];
  const { IDENTIFIER_PREFIX, PORTAL_SECRET } = c.get('settings');
  const { fingerprint } = readIdentifier(identifier, IDENTIFIER_PREFIX);
  return Promise.all([attemptKey(PORTAL_SECRET, 'sign-in', fingerprint), currentPasswordKey(c, accountId)]);
}

/** Whether the code was used a moment ago for this very password: a button tapped again on a slow phone. */
async function isSecondTap(c: PortalContext, found: KnownCode, { mot_de_passe }: Sent): Promise<boolean> {
  if (mot_de_passe === undefined || found.accountId === null) return false;
  const db = c.get('db');
  const key = await attemptKey(c.get('settings').PORTAL_SECRET, 'second tap', String(found.accountId));
  if ((await pauseBefore(db, key, Date.now())) > 0) return false;
  const isSame = await verifyPassword(mot_de_passe, found.passwordHash);
  if (isSame) afterAnswer(c, 'tries', clearAttempts(db, key));
  return isSame;
}

async function showDone(c: PortalContext, { state }: KnownCode, identifier: string) {
  clearSessionCookie(c);
  await setFlash(c, state === 'active' ? 'reset_by_code' : 'created_by_code', identifier);
  return c.redirect(PATHS.accountCreated, 303);
}

async function showRefused(
  c: PortalContext,
  sent: Sent,
  refused: { until: number; isLastOfNetwork: boolean },
) {
  if (refused.isLastOfNetwork) await logNetworkLimit(c, 'code');
  if (refused.until === 0) return showWrong(c, sent);
  return showForm(c, sent, { status: 429, message: words.tooMany(retryAt(c, refused.until)) });
}
