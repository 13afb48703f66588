// Letters, digits and signs as phones, registers and the landlord's system write them, brought to one form.

/** Most of a landlord's file is plain ASCII: folding 100,000 lines takes a third of the time. */
export const PLAIN = /^[ -~]*$/;

/** Signs that take no room on a page: marks of direction, joiners, soft hyphens, fillers. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * The Latin letters that Unicode does not take apart, by what passports print for them (ICAO Doc 9303, part 3): a stroke, a
 * hook or a bar is dropped like any accent. Capitals, and the small capitals of ornate keyboards.
 */
const WHOLE_LETTERS =
  'AȺⱭⱯᴀ BƁƂɃʙ CƇȻↃᴄ DÐĐƉƊƋꟇᴅ EƎƏƐɆᴇ FƑꜰ GƓǤƔɢ HĦⱧꞪⱵʜ IƗƖꞮ JɈȷꞲᴊ KƘĸⱩᴋ LŁȽⱠⱢꞭʟ MƜⱮᴍ NŊƝȠɴ OØƆƟⱺᴏ PƤⱣᴘ QɊꞯ RɌƦⱤ ' +
  'SƩⱾꜱ TŦƬƮȾᴛ UɄƱᴜ VƲɅᴠ WⱲᴡ YƳɎʏ ZƵȤƷⱫⱿᴢ';
const LETTERS = new Map<string, string>([
  ...WHOLE_LETTERS.split(' ').flatMap(([base = '', ...others]) =>
    others.map((letter): [string, string] => [letter, base]),
  ),
  ...Object.entries({ Æ: 'AE', Œ: 'OE', Þ: 'TH', ẞ: 'SS', Ȣ: 'OU', Ƕ: 'HV', Ƣ: 'OI' }),
]);

/** `Œuvré-d’Ornano` → `OEUVRE-D'ORNANO`: capitals without accents, signs kept, invisible ones dropped. */
export function withoutAccents(text: string): string {
  if (PLAIN.test(text)) return text.toUpperCase();
  // The letters of western Europe by a table: with a landlord's file, taking each apart would be a tenth of the work.
  if (WESTERN.test(text))
    return text.toUpperCase().replace(/[^ -~]/g, (letter) => FOLDED.get(letter) ?? letter);
  return foldLetters(text.replace(INVISIBLE, ''));
}

function foldLetters(text: string): string {
  // Twice taken apart: some letters have no capital until their mark is gone, some capitals bring one.
  return bareCapitals(bareCapitals(text)).replace(
    /[\u0080-\u{10ffff}]/gu,
    (letter) => LETTERS.get(letter) ?? letter,
  );
}

function bareCapitals(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
}

/** ASCII, the accented letters of Latin-1 (not × and ÷), Œ and the apostrophe that is typed with them. */
export const WESTERN = /^[ -~À-ÖØ-öø-ÿŒœŸ’]*$/;
const FOLDED = new Map(
  [...'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŒŸ'].map((letter) => [letter, foldLetters(letter)]),
);

/** The text without the signs that nobody sees, which phones and copied pages leave in it. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(INVISIBLE, '');
}

/** `١٤/٠٧/１９５６` → `14/07/1956`: the digits of every script as 0 to 9. */
export function plainDigits(text: string): string {
  return PLAIN.test(text) ? text : text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Unicode keeps the ten digits of a script together and in their order: how many stand before this one is its value. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before += 1;
  return before % 10;
}
