// To the former address, once the new one is in force.

import type { Letter, LetterFacts } from './letter.tsx';

export function emailChangedLetter({ name, identifier }: LetterFacts): Letter {
  return {
    subject: 'Votre adresse e-mail a changé',
    preview: 'Si ce n’est pas vous, appelez-nous tout de suite.',
    lines: [
      `Bonjour ${name},`,
      'La nouvelle adresse e-mail de votre compte est confirmée. Nous n’écrirons plus à celle-ci.',
      { label: 'Votre identifiant de connexion :', value: identifier },
      { call: 'Si ce n’est pas vous, appelez-nous tout de suite' },
    ],
  };
}
