// The trial mail of `npm run deploy`: asked for at a real terminal, and handed to a provider that plays Brevo.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendTrial } from '../../src/cli/trial-mail.ts';
import { readSettings } from '../../src/env.ts';
import { OTHER_SETTINGS } from '../support/landlords.ts';

const taken: { to: { email: string }[]; subject: string; textContent: string }[] = [];
let answers: [number, object] = [201, { messageId: '<1@brevo.example>' }];
const brevo = createServer(async (request, answer) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.headers['api-key'] !== 'a-key')
    answers = [401, { code: 'unauthorized', message: 'Key not found' }];
  if (answers[0] < 300) taken.push(JSON.parse(body));
  answer.writeHead(answers[0], { 'content-type': 'application/json' }).end(JSON.stringify(answers[1]));
});
let settings: ReturnType<typeof readSettings>;

beforeAll(async () => {
  await once(brevo.listen(0, '127.0.0.1'), 'listening');
  settings = readSettings({
    ...OTHER_SETTINGS,
    PORTAL_SECRET: 'x'.repeat(32),
    PROVISIONAL_PASSWORD_BY_MAIL: 'on',
    MAIL_PROVIDER: 'brevo',
    MAIL_API_KEY: 'x',
    MAIL_API_BASE: `http://127.0.0.1:${(brevo.address() as AddressInfo).port}`,
  });
});
afterAll(() => {
  delete process.env.MAIL_API_KEY;
  brevo.close();
});

it('with Brevo takes the key of the environment, and says why it was not taken', async () => {
  delete process.env.MAIL_API_KEY;
  const trial = async () => (await sendTrial('it@granite.example', settings)).said;
  expect(await trial()).toMatch(/^Not sent: .*MAIL_API_KEY=… npm run deploy -- --trial ADDRESS$/);
  process.env.MAIL_API_KEY = 'a-key';
  expect(await sendTrial(' it@granite.example ', settings)).toMatchObject({
    isSent: true,
    said: expect.stringMatching(/^Handed over for it@granite\.example/),
  });
  expect(taken).toMatchObject([
    {
      to: [{ email: 'it@granite.example' }],
      textContent: expect.stringContaining('locataires.granite.example'),
    },
  ]);
  answers = [401, { code: 'unauthorized', message: 'You are using an unrecognised IP address 192.0.2.1.' }];
  expect(await trial()).toMatch(/^Not sent: .*« Block unknown IP addresses » off/);
  answers = [402, { code: 'not_enough_credits' }];
  expect(await trial()).toBe('Not sent: Brevo’s credits of today are used up.');
  answers = [503, {}];
  expect(await trial()).toBe('Not sent: Brevo answered, in the log’s word, provider_failed.');
  expect((await sendTrial('it@granite', settings)).said).toBe(
    'Not sent: « it@granite » is not an e-mail address.',
  );
  process.env.MAIL_API_KEY = 'another';
  expect(await trial()).toMatch(/^Not sent: Brevo refuses the key/);
});

/** What stands on a terminal of its own after a line was typed there. */
async function typedAtTerminal(line: string): Promise<string> {
  const code = `import('./src/cli/trial-mail.ts').then(({ offerTrial }) => offerTrial(${JSON.stringify(settings)}))
    .then(() => console.log('went on'))`;
  const node = `'${process.execPath}' --input-type=module -e "${code.replaceAll(/["$`]/g, '\\$&')}"`;
  const terminal = spawn('script', ['--quiet', '--command', node, '/dev/null'], {
    env: { ...process.env, MAIL_API_KEY: 'a-key' },
  });
  let shown = '';
  terminal.stdout.on('data', (chunk) => {
    const wasAsked = shown.includes('trial mail');
    shown += chunk;
    if (!wasAsked && shown.includes('trial mail')) terminal.stdin.write(line);
  });
  await once(terminal, 'close');
  return shown;
}

it('at a terminal asks for an address, and sends; Enter, Ctrl-D and Ctrl-C are no address, and the command goes on', async () => {
  answers = [201, { messageId: '<2@brevo.example>' }];
  taken.length = 0;
  for (const line of ['\r', '\u0004', '\u0003']) expect(await typedAtTerminal(line)).toMatch(/went on/);
  expect(taken).toEqual([]);
  const shown = await typedAtTerminal('it@granite.example\r');
  expect(shown).toMatch(/An address for a trial mail.*Handed over for it@granite\.example.*went on/s);
  expect(taken).toHaveLength(1);
});

it('where nobody sits it asks nothing, and says how', () => {
  const code = `const { offerTrial } = await import('./src/cli/trial-mail.ts'); await offerTrial({});`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  expect(stdout).toBe('\nA trial mail: npm run deploy -- --trial ADDRESS\n');
});
