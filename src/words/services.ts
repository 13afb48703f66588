// « Mes démarches »: what another site does for the landlord.

export const servicesText = {
  title: 'Mes démarches',
  publicTitle: 'Sans vous connecter',
  elsewhere: 'Chaque bouton ouvre un autre site que celui-ci.',
};
