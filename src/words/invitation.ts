// The letter on paper that invites to sign up: what it says, and what the desk says around it.

import { LETTERS } from '../numbers.ts';

const number = (count?: number) => new Intl.NumberFormat('fr-FR').format(count ?? 0);

type Span = { from: number; to: number; total: number };

export const invitationText = {
  /** At the reference of the sign-up form. */
  brought: 'Ce numéro vient de votre courrier. Vérifiez que c’est bien le vôtre ; sinon, corrigez-le.',

  letter: {
    title: 'Ouvrez votre espace client sur internet',
    words:
      'Votre espace client vous attend, sur téléphone ou sur ordinateur. Il est gratuit, et quelques minutes suffisent pour l’ouvrir. Préparez une adresse e-mail.',
    reference: 'Votre référence',
    address: 'Adresse à ouvrir',
    qr: 'Ou visez ce carré avec l’appareil photo de votre téléphone.',
    qrName: (address: string) => `Code QR de l’adresse ${address}`,
    steps: [
      'Visez le carré, ou tapez l’adresse.',
      'Remplissez le formulaire, puis ouvrez le courriel reçu.',
      'Choisissez un mot de passe et notez l’identifiant.',
    ],
    free: 'Nous ne demandons ni paiement, ni carte bancaire.',
    phone: 'Besoin d’aide, ou pas d’adresse e-mail ? Appelez-nous au',
  },

  desk: {
    title: 'Lettres d’invitation',
    intro:
      'Chaque lettre invite une personne à ouvrir son compte. Son carré (code QR) remplit déjà la référence.',
    who: 'Y figurent les présents du fichier qui n’ont pas de compte et ne sont pas retenus.',
    sector: 'Secteur',
    all: 'Tout le fichier',
    sectorMissing: 'Choisissez un secteur, ou tout le fichier.',
    submit: 'Préparer les lettres',
    most: `${LETTERS.perRun} lettres au plus à la fois. Chaque préparation est notée au journal.`,
    oneTitle: 'Pour une seule personne',
    one: 'Recherchez-la, puis choisissez sur sa page « Imprimer une lettre d’invitation ».',
    search: 'Rechercher une personne',
    managers: 'Les lettres d’un secteur sont réservées aux responsables.',
    span: ({ from, to, total }: Span) =>
      from === to
        ? `Lettre ${number(from)} sur ${number(total)}.`
        : `Lettres ${number(from)} à ${number(to)} sur ${number(total)}.`,
    oneMade: 'La lettre est prête.',
    shown: 'Voici la première ; l’impression les contient toutes, une par feuille.',
    print: 'Imprimer',
    next: ({ from, to }: Span) => `Préparer les suivantes, ${number(from)} à ${number(to)}`,
    last: 'Ce sont les dernières.',
    nobody: 'Personne à inviter : tous les présents ont un compte, ou sont retenus.',
    back: 'Autres lettres',
    backToClient: 'Revenir à sa page',
  },
};
