// How a form is read: in the route line, by its schema, and given back with what was typed when something needs mending.

import { zValidator } from '@hono/zod-validator';
import type { Child } from 'hono/jsx';
import * as z from 'zod/mini';
import type { Portal, PortalContext } from './portal.ts';

/** What was typed, by field, passwords left out: they are never sent back. */
export type Typed = Record<string, string>;
/** One sentence per field that needs mending. */
export type Errors = Record<string, string>;
/** Why a form comes back: what to mend, or a message about the whole; with 422 when no status is named. */
export type Refusal = {
  errors?: Errors;
  message?: Child;
  /** What the summary is headed, where the usual words do not say it. */
  title?: string;
  status?: 409 | 422 | 429 | 503;
};

const SECRET_FIELD = /^(mot_de_passe|confirmation)/;

/**
 * Validates a form in the route line. With errors, `show` gives the page back with what was typed; a form in which nothing
 * is typed (see `hidden`) has none.
 */
export function form<S extends z.ZodMiniType<object>>(
  schema: S,
  show?: (c: PortalContext, typed: Typed, refusal: Refusal) => Response | Promise<Response>,
) {
  return zValidator<S, 'form', Portal, string, (result: Result, c: PortalContext) => Shown>(
    'form',
    schema,
    (result, c) => {
      if (result.success) return undefined;
      if (!show) throw new Error('A form in which nothing is typed was refused');
      return show(c, keepTyped(result.data), { errors: firstErrors(result.error, result.data) });
    },
  );
}

type Shown = Response | Promise<Response> | undefined;
type Result = { data: unknown } & ({ success: true } | { success: false; error: z.core.$ZodError });

/** What is typed a second time: nothing is said of it while the first time needs mending. */
const SECOND_TIMES = { confirmation: 'mot_de_passe', email_confirmation: 'email' };

/** One sentence per field, in the order of the form: a browser posts its fields so. */
function firstErrors(error: z.core.$ZodError, data: unknown): Errors {
  const first: Errors = {};
  for (const issue of error.issues) first[issue.path.join('.')] ??= issue.message;
  for (const [second, once] of Object.entries(SECOND_TIMES)) if (first[once]) delete first[second];
  const posted = Object.keys(data as object);
  const place = (name: string) => (posted.includes(name) ? posted.indexOf(name) : posted.length);
  return Object.fromEntries(Object.entries(first).sort(([a], [b]) => place(a) - place(b)));
}

/**
 * What a form carries that nobody types or sees: whose it is, and what its button does. Where the form is shown again by
 * another page than its own, it acts by what nobody sees (see `kept-form.tsx`).
 */
export const HIDDEN_FIELDS = [
  'annuler',
  'cle',
  'compte',
  'demande',
  'garder',
  'partage',
  'pas_moi',
  'retirer',
  'session',
  'toutes',
] as const;
export type HiddenName = (typeof HIDDEN_FIELDS)[number];

/** The schema of such fields: valid with any of them, or none. */
export function hidden<Name extends HiddenName>(...names: Name[]) {
  const fields = names.map((name) => [name, z.optional(z.string())]);
  return z.object(Object.fromEntries(fields) as Record<Name, z.ZodMiniOptional<z.ZodMiniString>>);
}

/** What was typed in a form that was valid, for a page that gives it back all the same. */
export async function typedIn(c: PortalContext): Promise<Typed> {
  return keepTyped(Object.fromEntries(await readFields(c)));
}

/** The fields of a form as they were posted, repeated ones included: for guards. A page takes them from its route line. */
export async function readFields(c: PortalContext): Promise<URLSearchParams> {
  return new URLSearchParams(new TextDecoder().decode(await c.req.arrayBuffer()));
}

/** What of a form may be shown again. */
export function keepTyped(data: unknown): Typed {
  const fields = Object.entries(data as Record<string, unknown>);
  const kept = fields.filter(([name, value]) => typeof value === 'string' && !SECRET_FIELD.test(name));
  return Object.fromEntries(kept) as Typed;
}
