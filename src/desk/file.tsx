// /guichet/fichier: the client file from the browser, compared first and then applied; and what the last imports did.

import { Hono } from 'hono';
import { FileError } from '../client/import/fault.ts';
import { changesClients, type ImportReport } from '../client/import/guards.ts';
import { ImportBusy } from '../client/import/lease.ts';
import { lastImports, readOneReport } from '../client/import/reports.ts';
import { importClients } from '../client/import/run.ts';
import { CLIENT_FILE, DESK } from '../numbers.ts';
import { announcedBytes, chunksOf, readAway } from '../platform/body.ts';
import { BrokenUpload, boundaryOf, openUpload, type Upload } from '../platform/multipart.ts';
import { newAct, noteDecision } from '../staff/acts.ts';
import { showPage } from '../web/layout.tsx';
import type { Portal, PortalContext } from '../web/portal.ts';
import { problemPage } from '../web/problem.tsx';
import type { Refusal } from '../web/read-form.ts';
import { deskFileText } from '../words/desk-file.ts';
import { frenchNumber } from '../words/figures.ts';
import { ACCESS_WORDS, OUTCOME_WORDS, sayFault } from '../words/import.ts';
import { agentIn, mayOnly } from './entry.tsx';
import { ApplyForm, CompareForm } from './file-form.tsx';
import { GoneReport, KeptReport, LastImports } from './file-imports.tsx';
import { FileReport } from './file-report.tsx';
import { seenText } from './typed-text.ts';

const words = deskFileText;

export const deskFile = new Hono<Portal>();

deskFile.get('/', mayOnly('send_file'), (c) => showChooser(c));

deskFile.post('/', mayOnly('send_file'), async (c) => {
  const type = c.req.header('content-type') ?? '';
  const boundary = boundaryOf(type);
  // A browser that cannot send files sends the name of one.
  if (!boundary && type.startsWith('application/x-www-form-urlencoded')) return showChooser(c, nothingChosen);
  if (!boundary) return problemPage(c, 'wrongContentType');
  const chunks = chunksOf(c.req.raw.body ?? new Blob([]).stream());
  try {
    const upload = await openUpload(chunks, boundary, announcedBytes(c.req.raw.headers));
    return upload.file ? await takeFile(c, upload.fields, upload.file) : showChooser(c, nothingChosen);
  } catch (error) {
    await readAway(chunks, CLIENT_FILE.bytes).catch(() => undefined);
    return showChooser(c, refusalOf(c, error));
  }
});

deskFile.get('/:id', mayOnly('send_file'), async (c) => {
  const [, id] = /^([1-9]\d{0,14})$/.exec(c.req.param('id')) ?? [];
  const found = id ? await readOneReport(c.get('db'), Number(id)) : undefined;
  if (!found) return showPage(c, { title: words.last.gone, status: 404, body: <GoneReport /> });
  const body = <KeptReport c={c} found={found} />;
  return showPage(c, { title: words.one.title(found.id), isDocument: true, body });
});

const nothingChosen: Refusal = { errors: { fichier: words.missing } };

/** Compares the file, or applies what was compared. */
async function takeFile(c: PortalContext, fields: Upload['fields'], file: NonNullable<Upload['file']>) {
  const agreed = { fingerprint: fields.get('empreinte'), left: fields.get('partants') ?? '' };
  let number = 0;
  const noted = (id: number) => {
    number = id;
  };
  const report = await importClients(c.get('db'), file.bytes, {
    isTrial: agreed.fingerprint === undefined,
    sender: senderOf(c, agreed, noted),
  });
  if (report.outcome === 'applied') return c.redirect(`/guichet/fichier/${number}`, 303);
  const refusal = report.outcome === 'refused' ? disagreement(report, agreed) : undefined;
  return showReport(c, report, { name: seenText(file.name), left: agreed.left, refusal });
}

/** What the form says that the agent saw: the fingerprint of the report, and how many clients would leave. */
type Agreed = { fingerprint: string | undefined; left: string };

/** The agent who sends a file; each end of it is a line of the journal. */
function senderOf(c: PortalContext, agreed: Agreed, noted: (id: number) => void) {
  const [db, agent] = [c.get('db'), agentIn(c).email];
  return {
    agent,
    agrees: (report: ImportReport) => !disagreement(report, agreed),
    audit: (id: number, state: string, isEnded: Parameters<typeof noteDecision>[2]) => {
      noted(id);
      const act = {
        agent,
        kind: 'send_file',
        clientId: null,
        reason: null,
        words: `${state} ${id}`,
      } as const;
      return [noteDecision(db, newAct(act), isEnded, Date.now())];
    },
  };
}

/** Why a file is not applied: it is another one than was compared, or a guard's number is not the right one. */
function disagreement({ fingerprint, guards, counts }: ImportReport, agreed: Agreed): Refusal | undefined {
  if (fingerprint !== agreed.fingerprint) return { status: 409, title: words.notSent, message: words.other };
  const typed = agreed.left.replace(/\s/g, '');
  if (guards.length === 0 || typed === String(counts.left)) return undefined;
  return { errors: { partants: typed === '' ? words.numberMissing : words.numberWrong } };
}

/** A file that could not be read, or not now. @throws what is no fault of the file */
function refusalOf(c: PortalContext, error: unknown): Refusal {
  const title = words.notSent;
  if (error instanceof FileError) return { errors: { fichier: sayFault(error) }, title };
  if (error instanceof BrokenUpload) return { errors: { fichier: words.cutOff }, title };
  if (!(error instanceof ImportBusy)) throw error;
  c.header('retry-after', String(CLIENT_FILE.lease / 1000));
  return { status: 409, title, message: ACCESS_WORDS.busy };
}

async function showChooser(c: PortalContext, refusal?: Refusal) {
  const imports = await lastImports(c.get('db'), DESK.imports);
  const body = (
    <>
      <p class="lead">{words.intro}</p>
      <CompareForm errors={refusal?.errors} />
      <LastImports c={c} imports={imports} />
    </>
  );
  return showPage(c, { title: words.title, isDocument: true, refusal, body });
}

type Around = { name: string; left: string; refusal?: Refusal };

function showReport(c: PortalContext, report: ImportReport, { name, left, refusal }: Around) {
  const body = (
    <>
      <p class="lead">{words.report.file(name, frenchNumber(report.counts.lines))}</p>
      <p>
        <strong>{OUTCOME_WORDS[report.outcome]}</strong>{' '}
        {!changesClients(report.counts) && words.report.nothing}
      </p>
      <FileReport report={report} />
      <ApplyForm report={report} typed={{ partants: left }} errors={refusal?.errors} />
    </>
  );
  return showPage(c, { title: words.report.compared, isDocument: true, refusal, body });
}
