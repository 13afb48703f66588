// To the landlord, once a month: how many clients came how far. No name, no address, no sector, which may be one house.

import type { MonthReport } from '../../account/month-report.ts';
import type { SignUpCounts } from '../../account/sign-up-counts.ts';
import { frenchNumber, sayPercent } from '../../words/figures.ts';
import { sayFunnel } from '../../words/sign-ups.ts';
import { frenchMonth } from '../../words/times.ts';
import type { Letter, LetterFacts } from './letter.tsx';

export function monthReportLetter({ report, at }: LetterFacts): Letter {
  if (!report) throw new Error('The report is missing');
  const { month, ended, before, requests, byCode, hasDesk } = report;
  const former = before ? ` Entre parenthèses, fin ${frenchMonth(before.month)}.` : '';
  return {
    subject: `Portail locataire : ${frenchMonth(month)}`,
    preview: `${sayFunnel(ended)}.`,
    lines: [
      'Bonjour,',
      `Voici où en étaient les inscriptions fin ${frenchMonth(month)}.${former}`,
      ...STEPS.map(([name, words]) => sayStep(report, name, words)),
      `Courriels d’activation refusés ou abandonnés : ${sayCount(report, 'refused')}.`,
      `Personnes non reconnues qui ont demandé de l’aide dans le mois : ${sayCount(report, 'unmatched')}.`,
      `Demandes de vérification à traiter aujourd’hui : ${frenchNumber(requests)}.`,
      `Comptes ouverts dans le mois par un code, pour des clients sans adresse e-mail dans le fichier : ${frenchNumber(byCode)}.`,
      ...(hasDesk ? [{ link: 'Voir les inscriptions', url: at('/guichet/inscriptions') }] : []),
      'Ce courriel ne contient aucune donnée personnelle. Il part chaque mois, la première nuit.',
    ],
  };
}

const STEPS: [keyof SignUpCounts, string][] = [
  ['clients', 'Clients présents dans le fichier'],
  ['asked', 'Comptes demandés'],
  ['mailed', 'Liens arrivés'],
  ['activated', 'Comptes ouverts'],
  ['signedIn', 'Clients connectés dans le mois'],
];

/** « Comptes ouverts : 412, soit 41 % (380). » */
function sayStep(report: MonthReport, name: keyof SignUpCounts, words: string): string {
  const { ended } = report;
  const share = name === 'clients' ? '' : `, soit ${sayPercent(ended[name], ended.clients)}`;
  return `${words} : ${frenchNumber(ended[name])}${share}${sayFormer(report, name)}.`;
}

function sayCount(report: MonthReport, name: keyof SignUpCounts): string {
  return `${frenchNumber(report.ended[name])}${sayFormer(report, name)}`;
}

function sayFormer({ before }: MonthReport, name: keyof SignUpCounts): string {
  return before ? ` (${frenchNumber(before[name])})` : '';
}
