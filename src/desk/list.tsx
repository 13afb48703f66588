// The lists of the desk: a table as wide as the screen, and the client that a line of it names.

import type { Child } from 'hono/jsx';
import { fullName } from '../client/names.ts';
import type { NamedClient } from '../client/rows.ts';
import { TableHead } from '../web/parts.tsx';
import { deskText } from '../words/desk.ts';

type ListTableProps = {
  title: string;
  /** Whether the title is said aloud only: it stands above the list already. */
  isTitleHidden?: boolean;
  heads: string[];
  /** One `tbody`, or several. */
  children: Child;
};

export function ListTable({ title, isTitleHidden = false, heads, children }: ListTableProps) {
  return (
    <table class="wide">
      <caption class={isTitleHidden ? 'offscreen' : undefined}>{title}</caption>
      <TableHead heads={heads} />
      {children}
    </table>
  );
}

/** The name, which leads to the client's page. */
export function ClientLink({ client }: { client: Parameters<typeof fullName>[0] & { id: number } }) {
  return (
    <a class="row" href={`/guichet/clients/${client.id}`}>
      {fullName(client)}
    </a>
  );
}

/** « Locataire 471 » */
export function sayNumber({ kind, reference }: Pick<NamedClient, 'kind' | 'reference'>): string {
  return `${deskText.client.kinds[kind]} ${reference}`;
}
