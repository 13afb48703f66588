// What the landlord's staff reads of the sign-ups: how many clients came how far, and who is not in yet.

import type { WhyAbsent } from '../account/absent.ts';
import type { SignUpCounts } from '../account/sign-up-counts.ts';
import { counted } from './figures.ts';

/** The funnel in one line: « 412 comptes ouverts sur 1 000 clients ». */
export function sayFunnel({ activated, clients }: Pick<SignUpCounts, 'activated' | 'clients'>): string {
  return `${counted(activated, 'compte ouvert', 'comptes ouverts')} sur ${counted(clients, 'client', 'clients')}`;
}

export const signUpsText = {
  title: 'Inscriptions',
  countedAt: (moment: string) => `Chiffres de la nuit, comptés le ${moment}.`,
  notYet: (moment: string) => `Les chiffres se comptent chaque nuit. Les premiers seront là ${moment}.`,

  funnel: {
    title: (month: string) => `Où en sont les clients (${month})`,
    heads: ['Étape', 'Clients', 'Part'],
    steps: {
      clients: 'Présents dans le fichier',
      asked: 'Compte demandé',
      mailed: 'Lien arrivé',
      activated: 'Compte ouvert',
      signedIn: 'Connexion ce mois-ci',
    } satisfies Partial<Record<keyof SignUpCounts, string>>,
    byCode: 'Un compte ouvert par un code compte comme si son lien était arrivé.',
  },

  stops: {
    title: 'Où les gens s’arrêtent',
    heads: ['Où', 'Clients', 'Que faire'],
    never: 'N’ont rien demandé',
    unmatched: 'Non reconnus, ont demandé de l’aide ce mois-ci',
    onTheirWay: 'Lien pas encore arrivé',
    refused: 'Courriel refusé ou abandonné',
    notActivated: 'Lien parti, mot de passe pas encore choisi',
    notThisMonth: 'Compte ouvert, aucune connexion ce mois-ci',
    seeAbsent: 'Voir qui n’a pas de compte',
    seeRequests: 'Voir les demandes',
    seeMails: 'Voir les courriels refusés',
  },

  sectors: {
    title: 'Par secteur',
    heads: ['Secteur', 'Clients', 'Demandés', 'Arrivés', 'Ouverts', 'Connectés', 'Comptes ouverts'],
    none: 'Sans secteur',
    others: 'Tous les autres',
  },

  months: {
    title: 'Mois par mois',
    heads: ['Mois', 'Clients', 'Demandés', 'Ouverts', 'Connectés', 'Aide demandée', 'Comptes ouverts'],
    running: (month: string) => `${month} (en cours)`,
  },

  absent: {
    title: 'Qui n’a pas encore de compte',
    intro: 'Les clients présents dans le fichier, sans compte actif.',
    sector: 'Secteur',
    anySector: 'Tous les secteurs',
    submit: 'Afficher',
    heads: ['Client', 'Référence', 'Secteur', 'Où il en est', 'Dans le fichier'],
    hasEmail: 'avec adresse e-mail',
    hasNoEmail: 'sans adresse e-mail',
    none: 'Tous ces clients ont un compte.',
    noMore: 'Il n’y en a pas d’autres.',
    next: 'Les suivants',
    first: 'Revenir au début',
    export: 'Cette liste dans un fichier (CSV), pour un publipostage',
    exported:
      'Le fichier donne la référence, le nom et si une adresse e-mail est connue. Les clients retenus n’y sont pas.',
    columns: ['reference', 'nom', 'prenom', 'raison_sociale', 'email_connu'],
    yes: 'oui',
    no: 'non',
    why: {
      held: 'Retenu par le bailleur',
      refused: 'Courriel refusé ou abandonné',
      on_its_way: 'Lien pas encore arrivé',
      not_activated: 'Lien parti, mot de passe pas encore choisi',
      code: 'Un code attend de servir',
      request: 'Une demande attend le fichier',
      closed: 'Compte fermé',
      not_asked: 'N’a rien demandé',
    } satisfies Record<WhyAbsent, string>,
  },
};
