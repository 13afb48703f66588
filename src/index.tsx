// The map: every address of the portal, by who may come.

import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { resolveRequests } from './account/help-matching.ts';
import { oweMonthReport } from './account/month-report.ts';
import { purge } from './account/retention.ts';
import { countSignUps } from './account/sign-up-counts.ts';
import { sweepImports } from './client/import/lease.ts';
import { indexClients } from './client/search.ts';
import { deskAbsent } from './desk/absent.tsx';
import { deskClient } from './desk/client.tsx';
import { deskActs } from './desk/client-acts.tsx';
import { deskEntry, deskOnly, unlessFile, unlessShut } from './desk/entry.tsx';
import { deskFile } from './desk/file.tsx';
import { deskGiveCode } from './desk/give-code.tsx';
import { deskInvitations } from './desk/invitations.tsx';
import { deskInvite } from './desk/invite.tsx';
import { deskJournal } from './desk/journal.tsx';
import { deskMails } from './desk/mails.tsx';
import { deskRequest } from './desk/request.tsx';
import { deskRequests } from './desk/requests.tsx';
import { deskSearch } from './desk/search.tsx';
import { deskSignUps } from './desk/sign-ups.tsx';
import { deskUnblock } from './desk/unblock.tsx';
import { type Env, readSettings, type Settings } from './env.ts';
import { clientsApi } from './machines/clients-api.ts';
import { health } from './machines/health.ts';
import { mailEvents } from './machines/mail-events.ts';
import { deliverDue } from './mail/deliver.ts';
import { keepReports } from './mail/outbox.ts';
import { readCloudflareReport } from './mail/transports/cloudflare-reports.ts';
import { CRONS } from './numbers.ts';
import { sweepAttempts } from './platform/counters.ts';
import { type Db, openDatabase } from './platform/db.ts';
import { logLine } from './platform/log.ts';
import { noteRun } from './platform/runs.ts';
import { accountCreated } from './tenant/account-created.tsx';
import { activation } from './tenant/activation.tsx';
import { code } from './tenant/code.tsx';
import { emailConfirmation } from './tenant/email-confirmation.tsx';
import { forgottenIdentifier } from './tenant/forgotten-identifier.tsx';
import { forgottenPassword } from './tenant/forgotten-password.tsx';
import { help } from './tenant/help.tsx';
import { legal } from './tenant/legal.tsx';
import { passkeySignIn } from './tenant/passkey-sign-in.tsx';
import { reset } from './tenant/reset.tsx';
import { signIn } from './tenant/sign-in.tsx';
import { signOut } from './tenant/sign-out.ts';
import { signUp } from './tenant/sign-up.tsx';
import { signUpHelp } from './tenant/sign-up-help.tsx';
import { signUpMail } from './tenant/sign-up-mail.tsx';
import { siteMap } from './tenant/site-map.tsx';
import { spaceAccount } from './tenant/space/account.tsx';
import { spaceClosing } from './tenant/space/closing.tsx';
import { spaceData } from './tenant/space/data.ts';
import { spaceEmail } from './tenant/space/email.tsx';
import { spaceKeys } from './tenant/space/keys.tsx';
import { spaceNewKey } from './tenant/space/new-key.tsx';
import { spaceOwnData } from './tenant/space/own-data.tsx';
import { spacePassword } from './tenant/space/password.tsx';
import { spaceSessions } from './tenant/space/sessions.tsx';
import { space } from './tenant/space/space.tsx';
import { sessionToken } from './web/cookies.ts';
import {
  finalSlash,
  neverStored,
  ownForm,
  ownHost,
  ownSite,
  screen,
  signedIn,
  smallBody,
} from './web/guards.ts';
import { securityHeaders, unlisted } from './web/headers.ts';
import { openPortal, type Portal, type PortalContext } from './web/portal.ts';
import { brokenPage, problemPage, wrongMethodPage } from './web/problem.tsx';
import { securityLog } from './web/security-log.ts';

const app = new Hono<Portal>();

const allowedMethods = methodNotAllowed({
  app,
  onMethodNotAllowed: (c, methods) => {
    c.header('allow', methods.join(', '));
    return wrongMethodPage(c as PortalContext);
  },
});

// Every answer.
app.use(securityHeaders, neverStored, unlisted);

// Machines.
app.route('/sante', health);
app.route('/api/mail-events', mailEvents);
app.route('/api/clients', clientsApi);

// Every page. The first wrong thing answers: settings, host, site, final slash, method, size, network, form.
app.use(openPortal, securityLog, ownHost, ownSite, finalSlash);
app.use('/guichet/*', deskEntry);
app.use(unlessShut(allowedMethods), unlessFile(smallBody), screen, unlessFile(ownForm));

// Anyone.
app.get('/', (c) => c.redirect(sessionToken(c) ? '/espace' : '/connexion', 303));
app.route('/connexion', signIn);
app.route('/connexion/cle', passkeySignIn);
app.route('/deconnexion', signOut);
app.route('/inscription', signUp);
app.route('/inscription/courriel', signUpMail);
app.route('/inscription/aide', signUpHelp);
app.route('/code', code);
app.route('/activation/compte-cree', accountCreated);
app.route('/activation', activation);
app.route('/mot-de-passe-oublie', forgottenPassword);
app.route('/mot-de-passe', reset);
app.route('/identifiant-oublie', forgottenIdentifier);
app.route('/courriel', emailConfirmation);
app.route('/aide', help);
app.route('/plan-du-site', siteMap);
app.route('/', legal);

// Signed-in holders only.
app.use('/espace/*', signedIn);
app.route('/espace', space);
app.route('/espace/mot-de-passe', spacePassword);
app.route('/espace/courriel', spaceEmail);
app.route('/espace/compte', spaceAccount);
app.route('/espace/cles', spaceKeys);
app.route('/espace/cles/nouvelle', spaceNewKey);
app.route('/espace/sessions', spaceSessions);
app.route('/espace/donnees', spaceData);
app.route('/espace/mes-donnees', spaceOwnData);
app.route('/espace/fermeture', spaceClosing);

// The landlord's staff, behind Cloudflare Access; for everybody else there is no such address.
app.use('/guichet/*', deskOnly);
app.route('/guichet', deskSearch);
app.route('/guichet/clients', deskClient);
app.route('/guichet/clients', deskActs);
app.route('/guichet/clients', deskGiveCode);
app.route('/guichet/clients', deskUnblock);
app.route('/guichet/clients', deskInvite);
app.route('/guichet/demandes', deskRequests);
app.route('/guichet/demandes', deskRequest);
app.route('/guichet/courriels', deskMails);
app.route('/guichet/inscriptions', deskSignUps);
app.route('/guichet/inscriptions/absents', deskAbsent);
app.route('/guichet/lettres', deskInvitations);
app.route('/guichet/fichier', deskFile);
app.route('/guichet/journal', deskJournal);

app.notFound((c) => problemPage(c, 'notFound'));
app.onError((error, c) => brokenPage(c, error));

export default {
  fetch: app.fetch,
  scheduled: ({ cron }, env) => quietly('cron', () => runCron(env, cron)),
  /** The reports of Cloudflare Email Service on the mails it took. A batch that fails comes back. */
  queue: ({ messages }, env) =>
    quietly('queue', async () => {
      const reports = messages.flatMap(({ body }) => readCloudflareReport(body) ?? []);
      await keepReports(openDatabase(env.DB), reports);
    }),
} satisfies ExportedHandler<Env>;

/**
 * Each minute: resolves help requests, delivers the mails still owed, sweeps what an abandoned import left, lets new
 * clients be found by name. Once a day: the purge, then the counts.
 */
async function runCron(env: Env, cron: string): Promise<void> {
  const [settings, db] = [readSettings(env), openDatabase(env.DB)];
  if (cron === CRONS.night) {
    logLine('purge', await purge(db, settings.CLIENT_LEFT_GRACE_DAYS, Date.now()));
    await countTheNight(db, settings);
    return noteRun(db, 'night', Date.now());
  }
  await sweepAttempts(db, Date.now());
  await resolveRequests(db, settings.IDENTIFIER_PREFIX, Date.now());
  await deliverDue(env, settings);
  await sweepImports(db, Date.now());
  await indexClients(db);
  await noteRun(db, 'minute', Date.now());
}

/** Counts the sign-ups, and owes the month's report. Figures that fail must not make the night's purge look undone. */
async function countTheNight(db: Db, { TIME_ZONE, REPORT_TO, PORTAL_ORIGIN }: Settings): Promise<void> {
  try {
    const now = Date.now();
    await countSignUps(db, TIME_ZONE, now);
    await oweMonthReport(db, { to: REPORT_TO, origin: PORTAL_ORIGIN, timeZone: TIME_ZONE }, now);
  } catch (error) {
    logLine('work_failed', { work: 'counts', error: (error as Error).name });
  }
}

/** Fails without the error's own words: the platform logs them, and a database error quotes its parameters. */
async function quietly(work: 'cron' | 'queue', act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    logLine('work_failed', { work, error: (error as Error).name });
    throw new Error(`${work} failed`);
  }
}
