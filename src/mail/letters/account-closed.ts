// The last mail of an account, to the address it had.

import type { Letter, LetterFacts } from './letter.tsx';

export function accountClosedLetter({ name, isHeld }: LetterFacts): Letter {
  return {
    subject: 'Votre compte est fermé',
    preview: 'Portail locataire : votre contrat avec nous ne change pas.',
    lines: [
      `Bonjour ${name},`,
      'Votre compte sur le portail locataire vient d’être fermé. Votre contrat avec nous ne change pas.',
      isHeld
        ? 'Pour ouvrir un nouveau compte, voyez d’abord votre gestionnaire.'
        : 'Vous pourrez créer un nouveau compte quand vous voudrez, avec votre avis d’échéance (ou notre courrier).',
      { call: 'Si ce n’est pas vous, appelez-nous' },
    ],
  };
}
