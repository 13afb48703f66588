import { describe, expect, it } from 'vitest';
import { missingPasswordLines } from '../../src/account/password/rule.ts';
import { type PasswordOwner, passwordWeakness } from '../../src/account/password/weakness.ts';
import { quickest, slownessHere } from '../support/pace.ts';

const LANDLORD = 'OPH de la CAPA';
const MARIE: PasswordOwner = {
  identifier: 'NHCAPAL482913',
  reference: '471',
  familyName: 'MME ORSONI NEE DE LA FOATA',
  givenName: 'MARIE-DOMINIQUE',
  companyName: null,
  landlord: LANDLORD,
};
const PLUMBER: PasswordOwner = {
  identifier: 'NHCAPAF730155',
  reference: 'F-2024-0018',
  familyName: null,
  givenName: null,
  companyName: 'SARL PLOMBERIE DU GOLFE',
  landlord: LANDLORD,
};

/** Somebody of whom the same words say nothing. */
const OTHER = {
  identifier: 'XYZTL111111',
  reference: '9999',
  familyName: 'PIETRI',
  givenName: 'ANDREA',
  landlord: 'Habitat du Nord',
};

/** The weakness found; each example meets the leaflet's rule, or it would prove nothing. */
function weaknessOf(password: string, owner: PasswordOwner) {
  expect([password, missingPasswordLines(password)]).toEqual([password, []]);
  return passwordWeakness(password, owner)?.reason;
}

describe('a password', () => {
  it.each([
    'Azerty1!',
    'Azerty123456!',
    'Password1!',
    'P@ssw0rd1!',
    'P@$$w0rd2024',
    'Motdepasse1!',
    'Mot-de-passe1',
    'M0tdep@sse3!',
    'Soleil123!',
    'S0leil!2026',
    'S0le1l!2026',
    'Marsei11e!',
    '!!Soleil13',
    'Bonjour1!',
    'Marseille13!',
    'Doudou01*',
    'Loulou20#',
    'Chouchou+1',
    'Ajaccio20000!',
    'Corse-20',
    'Locataire2026!',
    'Bienvenue1!',
    'Février2024!',
    'Printemps2026*',
    'Jetaime<3',
    'ILoveYou1!',
    'Hélène1970!',
    'Admin-1234',
    'Qwerty1!Qwerty1!',
    'Azertyazerty1!',
    'Aaaaaa1!',
    'Aa1!Aa1!',
    'Soleil14071956!',
    '1Football!',
    '@Zerty123',
    'Trustno1!',
  ])('« %s » is common', (password) => {
    expect(weaknessOf(password, PLUMBER)).toBe('common');
  });

  it.each([
    ['Orsoni1956!', 'own_name'],
    ['0rs0nI-1956', 'own_name'],
    ['Marie-Dominique56', 'own_name'],
    ['MarieOrsoni1!', 'own_name'],
    ['Dominique#471', 'own_name'],
    ['Foata-2026', 'own_name'],
    ['Orsoni.MD1', 'own_name'],
    ['Nhcapal482913!', 'own_number'],
    ['nhcapaL-482-913', 'own_number'],
    ['Aa482913!', 'own_number'],
    ['Nhcapal2026!', 'own_number'],
    ['Ab471471!', 'own_number'],
    ['OphDeLaCapa1!', 'landlord'],
    ['OPHcapa2026!', 'landlord'],
    ['Oph+Capa20', 'landlord'],
  ])('« %s » is made of what anyone knows of its owner: %s', (password, weakness) => {
    expect(weaknessOf(password, MARIE)).toBe(weakness);
    expect(weaknessOf(password, { ...MARIE, ...OTHER })).not.toBe(weakness);
  });

  it.each([
    ['Plomberie1!', 'own_name'],
    ['Golfe.2a-plomberie', 'own_name'],
    ['Pl0mberie du G0lfe', 'own_name'],
    ['Rr20240018!', 'own_number'],
    ['Nhcapaf.730155', 'own_number'],
  ])('« %s » is made of what anyone knows of a supplier: %s', (password, weakness) => {
    expect(weaknessOf(password, PLUMBER)).toBe(weakness);
  });

  it.each([
    'Maquis-2a!',
    'Granit-7b?',
    'Soleil et cheval bleu 7',
    'Bonjour-Cerise-42',
    'Trois chats dorment, 2 non',
    'J’ai 4 tantes à Bastia !',
    'Orsoni mange des figues 3 fois',
    'Marie a 3 vélos',
    'La CAPA ramasse 8 poubelles',
    'Soleil#82-9471-5530-16',
    'Soleil 22 66 88 99 22',
    'Ab-471-8629-5530-27',
    'aB3$kP9!xQ2z',
    '471 moutons Blancs',
    'Corse du Sud 2A',
    'Été à Ajaccio 2',
    'Пароль-Kf7',
    'Aa1😀😃😄😁😆',
    `Soleil1!${'x7K'.repeat(40)}`,
  ])('« %s » is good, whatever words it holds', (password) => {
    expect(weaknessOf(password, MARIE)).toBeUndefined();
  });

  it.each(['!1'.repeat(64), 'aA'.repeat(64), `${'1!'.repeat(31)}aA${'1!'.repeat(32)}`])(
    'is judged quickly, however it is built (%#)',
    async (password) => {
      const most = 50 * (await slownessHere());
      expect(await quickest(() => passwordWeakness(password, MARIE), most)).toBeLessThan(most);
    },
  );
});
