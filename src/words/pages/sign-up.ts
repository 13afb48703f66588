// /inscription and the page that waits for its mail.

import { WAITING_COOKIE_LIFETIME } from '../../numbers.ts';
import { ofLength } from '../times.ts';

export const signUp = {
  title: 'Créer votre espace client',
  intro: { tenant: 'Prenez votre avis d’échéance.', supplier: 'Prenez notre courrier.' },
  profile: 'Vous êtes',
  tenant: 'Locataire',
  supplier: 'Fournisseur',
  reference: 'Référence client',
  referenceTenantHint: 'Le numéro locataire, sans le dernier chiffre.',
  referenceSupplierHint: 'Elle vous a été transmise par courrier.',
  notice: 'Sur votre avis d’échéance :',
  noticeAlt:
    'Dessin d’un avis d’échéance. En haut, « Références : 010000010003 » est barré : ce n’est pas ce numéro. Plus bas, « Numéro Locataire : 471 4 » : 471 est entouré, c’est votre référence client. Le dernier chiffre, 4, est à laisser.',
  familyName: 'Nom',
  familyNameHint: 'Comme sur l’avis d’échéance.',
  givenName: 'Prénom',
  givenNameHint: 'Comme sur l’avis d’échéance.',
  birthDate: 'Date de naissance',
  birthDateHint: '8 chiffres, par exemple 14071956.',
  company: 'Raison sociale',
  companyHint: 'Comme sur notre courrier.',
  siret: 'Numéro SIRET',
  siretHint: '14 chiffres.',
  /** Said where no style sheet hides what the other kind fills in. */
  onlyTenant: '(locataire)',
  onlySupplier: '(fournisseur)',
  email: 'Adresse e-mail',
  emailHint: 'Nous y enverrons un courriel d’activation.',
  emailConfirmation: 'Confirmation de votre adresse e-mail',
  emailConfirmationHint: 'La même, une seconde fois.',
  noEmail: 'Vous n’avez pas d’adresse e-mail ?',
  privacy: 'Vos données servent seulement à ouvrir et à protéger votre compte.',
  privacyMore: 'Tout savoir sur vos données',
  submit: 'Créer mon compte',
  noMatch: 'Nous ne trouvons personne avec ces informations. Vérifiez une à une :',
  toCheck: {
    tenant: ['le numéro locataire, sans le dernier chiffre', 'le nom', 'le prénom', 'la date de naissance'],
    supplier: ['la référence client', 'la raison sociale', 'le numéro SIRET'],
  },
  allRight: 'Tout est juste ? Appelez-nous : nous corrigerons notre fichier avec vous.',
  /** By how many are left; more are not mentioned. */
  triesLeft: [
    'C’était le dernier essai pour aujourd’hui. Appelez-nous : nous vérifierons avec vous.',
    'Encore 1 essai pour aujourd’hui. Vous pouvez aussi nous appeler avant : nous vérifierons avec vous.',
    'Encore 2 essais pour aujourd’hui. Vous pouvez aussi nous appeler avant : nous vérifierons avec vous.',
  ],
  alreadyRegistered:
    'Un compte existe déjà pour cette personne. Connectez-vous, ou demandez votre identifiant ou un nouveau mot de passe.',
  notYours: 'Vous n’avez pas ouvert ce compte, ou vous n’avez plus accès à cette adresse ? Appelez-nous.',
  alreadyMailed: 'Un courriel envoyé à l’adresse de ce compte rappelle votre identifiant.',
  clientLeft:
    'D’après notre fichier, votre contrat avec nous a pris fin : nous ne pouvons pas ouvrir de compte. Si ce n’est pas le cas, appelez-nous : nous corrigerons notre fichier avec vous.',
  held: 'Un compte ne peut pas être ouvert ici pour le moment. Appelez-nous : nous regarderons avec vous.',
  /** Whose tries are too many: those of this connection, or anybody's with these data. */
  tooManyTries: {
    network: (moment: string) => [
      `Trop d’essais depuis votre connexion à internet : réessayez ${moment}.`,
      'Vous pouvez aussi essayer avec une autre connexion, celle d’un téléphone par exemple, ou nous appeler : nous vérifierons avec vous.',
    ],
    others: (moment: string) => [
      `Trop d’essais avec ces informations : réessayez ${moment}.`,
      'Quelqu’un d’autre les a peut-être essayées avant vous. Appelez-nous : nous vérifierons avec vous, et vous n’aurez pas à attendre.',
    ],
  },
  tooManyMails: (moment: string) =>
    `Nous avons déjà envoyé plusieurs courriels pour ce compte. Vous pourrez en demander un autre ${moment}.`,
};

export const signUpMail = {
  title: 'Ouvrez le courriel que nous venons de vous envoyer',
  delayedTitle: 'Votre courriel va partir',
  suppressedTitle: 'Votre courriel n’est pas encore parti',
  lostTitle: 'Votre courriel n’est pas arrivé',
  couldNotReach: 'Nous vous avons écrit à l’adresse :',
  wroteTo: 'Un courriel vous est envoyé pour activer votre compte, à l’adresse :',
  next: 'Dans ce courriel, appuyez sur le lien « Confirmation de création de compte ».',
  lookFor: (sender: string, subject: string) => `L’expéditeur est « ${sender} », l’objet est « ${subject} ».`,
  nothingYet: 'Rien reçu ?',
  tips: [
    'Regardez aussi dans les courriers indésirables (ou « spam »).',
    'Attendez quelques minutes : il peut mettre un quart d’heure à arriver.',
    'Vérifiez l’adresse e-mail.',
  ],
  sentAt: (moment: string) => `Le dernier courriel a été demandé ${moment}.`,
  where: 'Où est-il ?',
  resend: 'Renvoyer le courriel',
  resendFrom: (moment: string) => `Vous pourrez demander un nouvel envoi ${moment}.`,
  correct: 'Corriger mon adresse',
  correctTitle: 'Corriger votre adresse e-mail',
  correctIntro:
    'Le reste est gardé : vous n’avez rien d’autre à retaper. Le lien déjà envoyé ne fonctionnera plus.',
  correctSubmit: 'Envoyer le courriel',
  tooSoon: (moment: string) => `Un courriel est déjà parti. Vous pourrez en demander un autre ${moment}.`,
  notCorrected: (moment: string) =>
    `Votre adresse n’est pas encore corrigée : nous avons déjà envoyé plusieurs courriels. Envoyez de nouveau ce formulaire ${moment}.`,
  activeTitle: 'Votre compte est actif',
  active: 'Le mot de passe est choisi : vous pouvez vous connecter.',
  closedTitle: 'Cette demande est annulée',
  closed: 'Vous pouvez en faire une autre. Si ce n’est pas ce que vous attendiez, appelez-nous.',
  supersededTitle: 'Une demande plus récente existe',
  superseded: 'Ouvrez le dernier courriel reçu : son lien est le bon.',
  again: 'Recommencer la demande',
  missingTitle: 'Aucun courriel en attente sur cet appareil',
  missing: `Si vous avez créé votre compte il y a plus ${ofLength(WAITING_COOKIE_LIFETIME)}, ou sur un autre appareil, ouvrez le courriel reçu. Rien reçu ? Remplissez de nouveau le formulaire : un autre courriel partira, et vous n’aurez qu’un seul compte.`,
};
