// After a new passkey: that a device opens the account from now on; no link that opens anything.

import type { Letter, LetterFacts } from './letter.tsx';

export function passkeyAddedLetter({ name, identifier, moment }: LetterFacts): Letter {
  return {
    subject: 'Un appareil ouvre votre compte',
    preview: 'Si c’est vous, vous n’avez rien à faire.',
    lines: [
      `Bonjour ${name},`,
      `Depuis ${moment}, un appareil peut ouvrir votre compte sans mot de passe : par empreinte, visage ou code.`,
      { label: 'Votre identifiant de connexion :', value: identifier },
      'Si c’est vous, vous n’avez rien à faire.',
      'Si ce n’est pas vous, connectez-vous, ouvrez « Mes connexions » et appuyez sur « Ce n’est pas moi ».',
      { call: 'Vous pouvez aussi nous appeler' },
    ],
  };
}
