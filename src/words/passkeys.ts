// Entering by the way a device is unlocked. « Passkey » is nobody's word: it is said by what one does with it.

import { PASSKEYS } from '../numbers.ts';
import { frenchLength } from './times.ts';

const unlock = 'mon empreinte, mon visage ou mon code';

export const passkeyText = {
  signIn: {
    submit: `Entrer avec ${unlock}`,
    failedTitle: 'Votre compte ne s’est pas ouvert',
    failed:
      'Votre appareil n’a pas répondu, ou il n’ouvre pas de compte ici. Il y a deux façons de continuer.',
    again: `Essayer encore avec ${unlock}`,
    password: 'Entrer avec mon identifiant et mon mot de passe',
    afterReset:
      'Vous venez de changer de mot de passe ? Entrez une fois avec le nouveau : vos appareils serviront de nouveau ensuite.',
  },

  offer: {
    title: 'Plus d’identifiant à retrouver',
    body: 'La prochaine fois, entrez ici comme vous déverrouillez votre téléphone.',
    way: 'Préparer cet appareil',
  },

  list: {
    title: 'Entrer sans mot de passe',
    intro:
      'Un appareil peut ouvrir votre compte comme vous le déverrouillez : avec votre empreinte, votre visage ou votre code.',
    atWill: 'Rien ne vous y oblige : votre identifiant et votre mot de passe marchent toujours.',
    devices: 'Les appareils qui ouvrent votre compte',
    added: (moment: string) => `Ajouté le ${moment}`,
    used: (moment: string) => `A servi le ${moment}`,
    neverUsed: 'N’a pas encore servi',
    oldHost: 'Ne marche plus : l’adresse du portail a changé. Retirez-le, puis ajoutez-le de nouveau.',
    remove: 'Retirer',
    suspended:
      'Votre mot de passe a changé. Reconnaissez-vous ces appareils ? Tant que vous n’avez pas répondu, aucun n’ouvre votre compte.',
    keep: 'Oui, ce sont les miens',
    doubt: 'Un doute ? Retirez l’appareil. Ou fermez tout : « Ce n’est pas moi », dans « Mes connexions ».',
    wasAdded: `C’est fait. La prochaine fois, appuyez sur « Entrer avec ${unlock} ».`,
    wasRemoved: 'L’appareil est retiré : il n’ouvre plus votre compte.',
    cannot: 'Le navigateur de cet appareil ne sait pas le faire. Votre mot de passe suffit.',
  },

  add: {
    title: 'Ajouter cet appareil',
    who: 'Qui utilise cet appareil ?',
    alone: 'Moi, et personne d’autre',
    others: 'D’autres personnes aussi',
    why: 'Toute personne qui déverrouille cet appareil ouvrira votre compte.',
    whoEmpty: 'Indiquez qui utilise cet appareil.',
    submit: 'Continuer',
    byKey: `Confirmer avec ${unlock}`,
    notConfirmed: 'Votre appareil n’a pas confirmé que c’est vous. Indiquez votre mot de passe actuel.',
    tooMany: `${PASSKEYS.most} appareils ouvrent déjà votre compte. Retirez-en un, puis recommencez.`,
    shared: 'D’autres personnes utilisent cet appareil : ici, gardez votre mot de passe, c’est plus sûr.',
    notShared: 'Je suis maintenant seul à l’utiliser',
  },

  make: {
    title: 'Déverrouillez cet appareil',
    intro:
      'Appuyez sur le bouton. Votre appareil vous demande ensuite votre empreinte, votre visage ou votre code.',
    stays: 'Votre empreinte et votre visage restent dans votre appareil : ils ne nous sont jamais envoyés.',
    submit: 'Déverrouiller et ajouter',
    later: 'Non, pas maintenant',
    failedTitle: 'L’appareil n’est pas ajouté',
    failed: 'Votre appareil n’a pas répondu. Il doit avoir un code de verrouillage. Vous pouvez recommencer.',
    known: 'Cet appareil ouvre déjà votre compte : il n’y a rien à ajouter.',
    over: `La demande a plus de ${frenchLength(PASSKEYS.challenge)}, ou elle a déjà servi. Recommencez.`,
    again: 'Recommencer',
  },

  removal: {
    title: 'Retirer un appareil',
    which: (device: string, moment: string) => `${device}, ajouté le ${moment}.`,
    after: 'Il n’ouvrira plus votre compte. Votre identifiant et votre mot de passe ne changent pas.',
    submit: 'Retirer cet appareil',
    back: 'Non, le garder',
  },
};
