// The encoding of a client file: UTF-8 proves itself, the others are recognised by the words that their letters would make.

export type SingleByte = 'windows-1252' | 'iso-8859-15' | 'macintosh' | 'cp850';

/** The upper half of code page 850 (« CSV MS-DOS »), the one of these that the platform cannot decode. */
const CP850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

/** The choice between encodings whose letters are equally likely: most files are of the first. */
const PRIOR: Record<SingleByte, number> = {
  'windows-1252': 0,
  'iso-8859-15': -1,
  macintosh: -2,
  cp850: -2,
};
const CANDIDATES = Object.keys(PRIOR) as SingleByte[];

/** How far the likeliest reading must be ahead of any that reads otherwise. */
const MARGIN = 1.5;

/** A reading whose signs are on the average below this is none of these encodings. */
const WORST = -3;

/** How likely a letter is in names and addresses in France, in steps of about a decimal power. */
const LIKELY = ['éÉ’°', 'èÈêÊçÇïÏëËôÔîÎâÂàÀ\u00a0', 'üÜöÖûÛñÑùÙœŒ', 'äÄáÁíÍóÓúÚãÃæÆåÅõÕòÒìÌ«»“”–—€'].map(
  (letters) => new Set(letters),
);
/** A key of a French keyboard that gives a small letter under caps lock too: RENé. */
const KEYS = new Set('éèçàù');

/** Decodes bytes of one of these encodings. */
export function decodeBytes(bytes: Uint8Array, encoding: SingleByte): string {
  if (encoding !== 'cp850') return new TextDecoder(encoding).decode(bytes);
  const units = new Uint16Array(bytes.length);
  bytes.forEach((byte, at) => {
    units[at] = byte < 128 ? byte : CP850.charCodeAt(byte - 128);
  });
  return new TextDecoder('utf-16le').decode(units);
}

/**
 * The encoding of some text, by the words its bytes would make in each. Undefined when none makes sense, or two make as
 * much and read differently: nothing is guessed.
 */
export function encodingOf(bytes: Uint8Array): SingleByte | undefined {
  const read = CANDIDATES.map((encoding) => {
    const text = decodeBytes(bytes, encoding);
    return { encoding, text, ...likelihood(text, PRIOR[encoding]) };
  }).sort((a, b) => b.score - a.score);
  const [best] = read;
  const rival = read.find(({ text }) => text !== best?.text);
  if (!best || best.average < WORST) return undefined;
  return rival && best.score - rival.score < MARGIN ? undefined : best.encoding;
}

function likelihood(text: string, prior: number): { score: number; average: number } {
  let sum = 0;
  let count = 0;
  for (const { index } of text.matchAll(/[\u0080-\uffff]/g)) {
    sum += likeliness(text, index);
    count += 1;
  }
  return { score: sum + prior, average: count > 0 ? sum / count : 0 };
}

/** 0 for what is common, lower the rarer; a capital inside a small word, or the other way round, is rarer still. */
function likeliness(text: string, at: number): number {
  const [sign = '', before = '', after = ''] = [text[at], text[at - 1], text[at + 1]];
  const step = LIKELY.findIndex((letters) => letters.has(sign));
  if (!/\p{L}/u.test(sign)) return step === -1 ? -6 : fits(sign, before, after) ? -step / 2 : -4;
  const isOdd = isLower(before) ? isUpper(sign) : isLower(sign) && isUpper(before) && !isLower(after);
  return (step === -1 ? -3 : -step / 2) - (isOdd && !KEYS.has(sign) ? 2 : 0);
}

/** An apostrophe stands in a word; other signs do not. */
function fits(sign: string, before: string, after: string): boolean {
  const isInside = /\p{L}/u.test(before) && /\p{L}/u.test(after);
  return sign === '’' ? isInside : !isInside || sign === '\u00a0';
}

const isLower = (sign: string) => sign !== sign.toUpperCase();
const isUpper = (sign: string) => sign !== sign.toLowerCase();
