// The map: every address of the portal, by who may come.

import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { type Env, readSettings } from './env.ts';
import { logLine } from './log.ts';
import { readCloudflareReport } from './mail/cloudflare-reports.ts';
import { deliverDue } from './mail/deliver.ts';
import { accountCreated } from './pages/account-created.tsx';
import { activation } from './pages/activation.tsx';
import { clientsApi } from './pages/clients-api.ts';
import { emailConfirmation } from './pages/email-confirmation.tsx';
import { forgottenIdentifier } from './pages/forgotten-identifier.tsx';
import { forgottenPassword } from './pages/forgotten-password.tsx';
import { health } from './pages/health.ts';
import { help } from './pages/help.tsx';
import { legal } from './pages/legal.tsx';
import { mailEvents } from './pages/mail-events.ts';
import { reset } from './pages/reset.tsx';
import { signIn } from './pages/sign-in.tsx';
import { signOut } from './pages/sign-out.ts';
import { signUp } from './pages/sign-up.tsx';
import { signUpMail } from './pages/sign-up-mail.tsx';
import { siteMap } from './pages/site-map.tsx';
import { space } from './pages/space.tsx';
import { spaceClosing } from './pages/space-closing.tsx';
import { spaceData } from './pages/space-data.ts';
import { spaceEmail } from './pages/space-email.tsx';
import { spaceOwnData } from './pages/space-own-data.tsx';
import { spacePassword } from './pages/space-password.tsx';
import { spaceSessions } from './pages/space-sessions.tsx';
import { CRONS } from './rules/numbers.ts';
import { sweepAttempts } from './store/attempts.ts';
import { openDatabase } from './store/db.ts';
import { sweepImports } from './store/import-lease.ts';
import { keepReports } from './store/outbox.ts';
import { purge } from './store/retention.ts';
import { noteRun } from './store/runs.ts';
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
app.use(openPortal, securityLog, ownHost, ownSite, finalSlash, allowedMethods, smallBody, screen, ownForm);

// Anyone.
app.get('/', (c) => c.redirect(sessionToken(c) ? '/espace' : '/connexion', 303));
app.route('/connexion', signIn);
app.route('/deconnexion', signOut);
app.route('/inscription', signUp);
app.route('/inscription/courriel', signUpMail);
app.route('/activation/compte-cree', accountCreated);
app.route('/activation', activation);
app.route('/mot-de-passe-oublie', forgottenPassword);
app.route('/mot-de-passe', reset);
app.route('/identifiant-oublie', forgottenIdentifier);
app.route('/courriel', emailConfirmation);
app.route('/aide', help);
app.route('/plan-du-site', siteMap);
app.route('/', legal);

// Who is signed in.
app.use('/espace/*', signedIn);
app.route('/espace', space);
app.route('/espace/mot-de-passe', spacePassword);
app.route('/espace/courriel', spaceEmail);
app.route('/espace/sessions', spaceSessions);
app.route('/espace/donnees', spaceData);
app.route('/espace/mes-donnees', spaceOwnData);
app.route('/espace/fermeture', spaceClosing);

app.notFound((c) => problemPage(c, 'notFound'));
app.onError((error, c) => brokenPage(c, error));

export default {
  fetch: app.fetch,
  scheduled: ({ cron }, env) => quietly('cron', () => runCron(env, cron)),
  /** What Cloudflare Email Service reports of the mails it took. A batch that fails comes back. */
  queue: ({ messages }, env) =>
    quietly('queue', async () => {
      const reports = messages.flatMap(({ body }) => readCloudflareReport(body) ?? []);
      await keepReports(openDatabase(env.DB), reports);
    }),
} satisfies ExportedHandler<Env>;

/** Each minute: delivers the mails still owed, sweeps what an abandoned import left. Once a day: the purge. */
async function runCron(env: Env, cron: string): Promise<void> {
  const [settings, db] = [readSettings(env), openDatabase(env.DB)];
  if (cron === CRONS.night) {
    logLine('purge', await purge(db, settings.CLIENT_LEFT_GRACE_DAYS, Date.now()));
    return noteRun(db, 'night', Date.now());
  }
  await sweepAttempts(db, Date.now());
  await deliverDue(env, settings);
  await sweepImports(db, Date.now());
  await noteRun(db, 'minute', Date.now());
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
