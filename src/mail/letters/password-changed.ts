// After every change of password: that it changed, no secret, no link that opens anything.

import type { Letter, LetterFacts } from './letter.tsx';

export function passwordChangedLetter({ name, identifier, moment }: LetterFacts): Letter {
  return {
    subject: 'Votre mot de passe a changé',
    preview: 'Si c’est vous, vous n’avez rien à faire.',
    lines: [
      `Bonjour ${name},`,
      `Le mot de passe de votre compte a changé ${moment}.`,
      { label: 'Votre identifiant de connexion :', value: identifier },
      'Si c’est vous, vous n’avez rien à faire.',
      'Si ce n’est pas vous, demandez tout de suite un nouveau mot de passe : sur la page de connexion, « Mot de passe oublié ? ».',
      { call: 'Vous pouvez aussi nous appeler' },
    ],
  };
}
