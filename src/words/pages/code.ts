// The sentences of /code: who has no mailbox comes in with a code on paper.

import { CODE } from '../../numbers.ts';

export const code = {
  title: 'J’ai un code de mon gestionnaire',
  intro: 'Prenez la feuille que votre gestionnaire vous a remise, ou envoyée par la poste.',
  reference: 'Référence client',
  referenceHint: 'Elle est écrite sur la feuille.',
  code: 'Code',
  codeHint: `${1 + CODE.drawn} signes, par exemple GABCD‑23456.`,
  submit: 'Continuer',
  none: 'Je n’ai pas de code',

  codeEmpty: 'Recopiez le code écrit sur la feuille.',
  codeShape: `Le code a ${1 + CODE.drawn} signes. On n’y trouve ni O ni zéro, ni I ni 1.`,
  /** One sentence for all that can be wrong. */
  wrong:
    'Cette référence et ce code ne vont pas ensemble, ou le code ne sert plus. Vérifiez les deux sur la feuille, ou demandez un autre code.',
  tooMany: (moment: string) =>
    `Trop d’essais depuis votre connexion à internet : réessayez ${moment}, ou appelez-nous.`,

  newAccount: 'Choisissez votre mot de passe. Votre identifiant s’affichera ensuite.',
  createdTitle: 'Votre compte est créé',
  resetTitle: 'Votre mot de passe est changé',
  reset: 'Vous pouvez vous connecter avec le nouveau. Votre identifiant reste le même :',
  /** Where no mail says it again. */
  onlyHere: 'Aucun courriel ne vous le rappellera : notez-le, ou imprimez cette page.',
  addAddress: 'Si vous avez un jour une adresse e-mail, vous pourrez l’ajouter dans votre espace.',

  noAddress: 'Aucune',
  noAddressNext: 'Sans adresse, un mot de passe oublié se remplace par un code de votre gestionnaire.',
  addOne: 'Ajouter une adresse e-mail',
  addTitle: 'Ajouter une adresse e-mail',
  addIntro:
    'Nous vous écrirons à cette adresse pour confirmer qu’elle est à vous. Appuyez alors sur le lien du courriel.',
  registered:
    'Un compte existe déjà pour cette personne, sans adresse e-mail. Connectez-vous, ou demandez un code à votre gestionnaire.',
  askCode: 'Demander un code à votre gestionnaire',
  protect:
    'Vous ne reconnaissez pas un appareil ? Choisissez un nouveau mot de passe : tous les autres appareils seront déconnectés.',
};
