// The sentences of /inscription/aide: who was not found asks the landlord to look.

import { HELP } from '../../numbers.ts';
import { frenchLength } from '../times.ts';

const KEPT = frenchLength(HELP.kept);

export const askHelp = {
  title: 'Demander à votre gestionnaire de vérifier',
  short: 'Ou demandez à votre gestionnaire de vérifier',
  offerTitle: 'Votre gestionnaire peut vérifier',
  offer:
    'Ce que vous venez d’écrire part à votre gestionnaire, qui le compare à votre dossier. Vous n’avez rien à retaper.',
  formIntro:
    'Remplissez les cases comme vous le pouvez, avec votre avis d’échéance. Votre gestionnaire comparera avec votre dossier.',
  phone: 'Votre téléphone',
  phoneHint: 'Si vous voulez être rappelé. Vous pouvez laisser cette case vide.',
  submit: 'Demander une vérification',
  privacy: `Votre demande est lue par votre gestionnaire seulement, et effacée après ${KEPT}.`,

  sentTitle: 'Votre demande est envoyée',
  code: 'Votre code pour le téléphone :',
  keepCode: 'Notez ce code. Si vous appelez, il permet de retrouver votre demande tout de suite.',
  nextTitle: 'Ce qui va se passer',
  next: [
    'Votre gestionnaire compare votre demande à votre dossier. Il peut vous appeler pour être sûr que c’est vous.',
    'Quand tout est juste, un courriel d’activation part à l’adresse que vous avez donnée. Ouvrez-le et appuyez sur son lien.',
    'Si votre compte ne peut pas être ouvert, un courriel vous le dit.',
  ],
  whenTitle: 'Quand appeler',
  when: `Toujours rien après ${HELP.callAfterDays} jours ? Regardez les courriers indésirables, puis appelez-nous et donnez votre code.`,
  kept: `Votre demande est gardée ${KEPT}. Ensuite, il faudra la refaire.`,
  noCookie:
    'Votre demande est enregistrée. Votre navigateur ne garde pas les cookies : nous ne pouvons pas vous montrer son code. Si vous appelez, donnez votre nom.',

  /** What is used up, and when to come back. */
  tooMany: {
    network: (moment: string) =>
      `Plusieurs demandes sont déjà parties depuis votre connexion à internet. Vous pourrez en faire une autre ${moment}.`,
    identity: (moment: string) =>
      `Plusieurs demandes sont déjà parties avec ces informations. Vous pourrez en faire une autre ${moment}.`,
    portal: (moment: string) =>
      `Nous avons reçu beaucoup de demandes aujourd’hui. Vous pourrez faire la vôtre ${moment}.`,
  },
  callInstead: 'Vous pouvez aussi nous appeler maintenant : nous vérifierons avec vous.',
  phoneShape: 'Un numéro de téléphone s’écrit en chiffres, par exemple 06 12 34 56 78.',
};
