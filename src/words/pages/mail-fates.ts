// Where a mail is on its way.

import { DAY, DELIVERY } from '../../numbers.ts';
import type { MailReason } from '../../schema.ts';

/** What became of a mail, for the person who waits for it; `moment` is « à 10 h 42 ». */
export const mailFates = {
  ask: 'Où en est mon courriel ?',
  queued: 'Votre courriel part à l’instant.',
  delayed:
    'Votre courriel n’est pas encore parti : le service d’envoi ne répond pas. Nous réessayons régulièrement, vous n’avez rien à faire.',
  delayedFor: {
    quota:
      'Votre courriel n’est pas encore parti : beaucoup de personnes en demandent un aujourd’hui. L’envoi peut prendre jusqu’à demain. Vous n’avez rien à faire.',
    address_suppressed: `Un courriel envoyé plus tôt à cette adresse nous est revenu : le vôtre attend. Si votre messagerie est pleine, supprimez quelques courriels : nous réessayons pendant ${DELIVERY.longest / DAY} jours. Si l’adresse n’est pas la bonne, corrigez-la.`,
  } satisfies Partial<Record<MailReason, string>> as Partial<Record<MailReason, string>>,
  sent: (moment: string) => `Votre courriel est parti ${moment}.`,
  deferred: (moment: string) =>
    `Votre courriel est parti ${moment}. La messagerie de cette adresse le fait attendre : il arrivera plus tard.`,
  delivered: (moment: string) =>
    `Votre courriel est arrivé dans votre messagerie ${moment}. Regardez aussi les courriers indésirables.`,
  failed: 'Nous n’avons pas réussi à envoyer votre courriel. Demandez un nouvel envoi, ou appelez-nous.',
  refused: 'Notre courriel n’a pas pu arriver à cette adresse. Vérifiez-la, ou essayez avec une autre.',
  refusedFor: {
    no_such_address:
      'Cette adresse e-mail n’existe pas : notre courriel nous est revenu. Corrigez l’adresse.',
    mailbox_full:
      'Votre messagerie est pleine : notre courriel n’a pas pu y entrer. Supprimez quelques courriels, puis demandez un nouvel envoi.',
    blocked: 'La messagerie de cette adresse refuse nos courriels. Essayez avec une autre adresse.',
    address_suppressed:
      'Un courriel envoyé plus tôt à cette adresse nous est revenu : le service d’envoi n’y écrit plus pour le moment. Essayez avec une autre adresse.',
    address_refused: 'La messagerie de cette adresse refuse nos courriels. Essayez avec une autre adresse.',
  } satisfies Partial<Record<MailReason, string>> as Partial<Record<MailReason, string>>,
};
