// /espace/mes-donnees: all the portal holds about who is signed in, to be read and printed; the file is beside it.

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { ownData } from '../../account/own-data.ts';
import { PATHS } from '../../paths.ts';
import { showPage } from '../../web/layout.tsx';
import { Fact, Facts, OtherWays, PrintButton, Records } from '../../web/parts.tsx';
import type { Portal, PortalContext } from '../../web/portal.ts';
import { WAYS } from '../../web/ways.ts';
import { sayDevice, sayEvent } from '../../words/device.ts';
import { text } from '../../words/pages.ts';
import { frenchDateTime } from '../../words/times.ts';

const words = text.ownData;

export const spaceOwnData = new Hono<Portal>();

spaceOwnData.get('/', async (c) => {
  const { account, client, sessions, passkeys, mails, events } = await ownData(
    c.get('db'),
    c.get('session').accountId,
  );
  const at = (time: number) => frenchDateTime(time, c.get('settings').TIME_ZONE);
  const { mailKinds, mailStates } = words;
  const body = (
    <>
      <p>{words.intro}</p>
      <PrintButton label={words.print} />
      <h2>{words.fileTitle}</h2>
      <Known c={c} labels={CLIENT} values={client} />
      <h2>{words.accountTitle}</h2>
      <Known c={c} labels={ACCOUNT} values={account} />
      <Records {...words.sessions} rows={sessions.map((one) => [at(one.createdAt), sayDevice(one.device)])} />
      <Records
        {...words.passkeys}
        rows={passkeys.map((one) => [
          at(one.createdAt),
          sayDevice(one.device),
          one.lastUsedAt ? at(one.lastUsedAt) : '',
        ])}
      />
      <Records
        {...words.mails}
        rows={mails.map((one) => [
          at(one.sentAt ?? one.createdAt),
          `${mailKinds[one.kind]}, ${one.email}, ${mailStates[one.state]}`,
        ])}
      />
      <Records {...words.events} rows={events.map((one) => [at(one.at), sayEvent(one)])} />
      <OtherWays ways={[{ href: PATHS.spaceData, label: words.file }, WAYS.backToSpace]} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, body });
});

// A new column asks here: it gets a label, or none when only the portal counts by it (the file has it all the same).
const CLIENT = { ...words.client, id: '', referenceKey: '', nameKey: '', heldAt: '' };
const ACCOUNT = { ...words.account, id: '', clientId: '', state: '', closedAt: '' };

type Value = string | number | null;

/** What is known, each under its label. */
function Known<Name extends string>(props: {
  c: PortalContext;
  labels: Record<Name, string>;
  values: Record<Name, Value> | undefined;
}): Child {
  const names = (Object.keys(props.labels) as Name[]).filter(
    (name) => props.labels[name] && props.values?.[name],
  );
  return (
    <Facts>
      {names.map((name) => (
        <Fact name={props.labels[name]}>{sayValue(props.c, name, props.values?.[name] ?? '')}</Fact>
      ))}
    </Facts>
  );
}

function sayValue(c: PortalContext, name: string, value: string | number): string {
  if (typeof value === 'number') return frenchDateTime(value, c.get('settings').TIME_ZONE);
  // As the landlord's file has it, unknown parts (00) included.
  if (name === 'birthDate') return value.split('-').reverse().join('/');
  return name === 'kind' ? words.kinds[value as keyof typeof words.kinds] : value;
}
