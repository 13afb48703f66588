// What is lost: the password, by a mailed link or a provisional one; the identifier.

import { MAILED_LINKS } from '../../mail/kinds.ts';
import { PROVISIONAL_LIFETIME } from '../../numbers.ts';
import { lengthInWords } from '../times.ts';

export const forgottenPassword = {
  title: 'Demande de réinitialisation du mot de passe',
  intro:
    'En indiquant votre identifiant, vous recevrez un lien par mail pour confirmer que vous êtes bien le propriétaire du compte.',
  identifier: 'Saisir votre identifiant',
  remark:
    'Remarque : vous devez avoir renseigné une adresse e-mail dans votre espace personnel. Sinon, ou si vous n’y avez plus accès, demandez un code à votre gestionnaire.',
  cancel: 'Annuler',
  submit: 'Valider',
  openTitle: 'Ouvrez votre messagerie',
  sentTitle: 'Ouvrez votre messagerie : mot de passe',
  sent: 'Si un compte correspond à cet identifiant, un courriel vient de partir vers l’adresse de ce compte.',
  openIt: `Ouvrez-le et appuyez sur le lien. Le lien est valable ${lengthInWords(MAILED_LINKS.reset.lifetime)}.`,
  second: {
    on: 'Vous choisirez alors un nouveau mot de passe, ou vous le recevrez dans un second courriel.',
    off: 'Vous choisirez alors un nouveau mot de passe. Un second courriel confirmera le changement.',
  },
  lookFor: (sender: string) => `L’expéditeur est « ${sender} ».`,
  sentTips: [
    'Regardez aussi dans les courriers indésirables (ou « spam »).',
    'Attendez un quart d’heure, puis recommencez en vérifiant ce que vous indiquez.',
    'Aucune adresse e-mail dans votre espace ? Aucun courriel ne part : demandez un code à votre gestionnaire.',
  ],
  provisionalTips: [
    'Regardez aussi dans les courriers indésirables (ou « spam »).',
    'Attendez un quart d’heure, puis recommencez.',
  ],
  alreadySent: [
    'Si un compte correspond à cet identifiant, un courriel est déjà parti vers l’adresse de ce compte.',
    'Ouvrez le dernier reçu : son lien reste bon.',
  ],
  nextFrom: (moment: string) => `Le prochain courriel pourra partir ${moment}.`,
  tooSoonTips: [
    'Regardez aussi dans les courriers indésirables (ou « spam »).',
    'Vérifiez l’identifiant : une faute d’un chiffre, et le courriel va à quelqu’un d’autre.',
  ],
  tooManyAsks: (moment: string) =>
    `Trop de demandes depuis votre connexion à internet : réessayez ${moment}, ou appelez-nous.`,
  callUs: 'Toujours rien ? Appelez-nous.',
  provisionalTitle: 'Ouvrez votre messagerie : mot de passe provisoire',
  provisional: [
    `Un second courriel est parti. Il contient un mot de passe provisoire, valable ${lengthInWords(PROVISIONAL_LIFETIME)} et pour une seule connexion.`,
    'Connectez-vous avec ce mot de passe. Vous choisirez ensuite votre nouveau mot de passe.',
  ],
  again: 'Recommencer la demande',
  back: 'Retour à la connexion',
};

export const reset = {
  title: 'Nouveau mot de passe',
  submit: 'Enregistrer mon mot de passe',
  provisionalTitle: 'Ou recevoir un mot de passe par courriel',
  provisionalIntro:
    'Vous préférez ne pas en choisir un maintenant ? Indiquez votre identifiant : un second courriel vous apportera un mot de passe provisoire.',
  provisionalSubmit: 'Recevoir un mot de passe provisoire',
  askAgain: 'Demander un autre lien',
};

export const forgottenIdentifier = {
  title: 'Retrouver votre identifiant',
  sentTitle: 'Ouvrez votre messagerie : identifiant',
  intro: 'Nous vous l’enverrons par courriel, à l’adresse de votre compte.',
  submit: 'Recevoir mon identifiant',
  sent: 'Si un compte correspond à ces informations, un courriel vient de partir vers l’adresse de ce compte. Il contient l’identifiant.',
  notYet:
    'Pas encore de mot de passe choisi ? Ouvrez le courriel d’activation, ou remplissez de nouveau « Créer votre espace client ».',
};
