// Words as the index compares them: folded, stemmed, near spellings. Mirrors helper/lookup/text.py.

const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
const DIGITS = { zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9 };

export const isHanzi = (text) => /[\p{Script=Han}〇]/u.test(text);

/** Letters and digits only, lower case; the text itself where that leaves nothing (emoji). */
export const bare = (text) => text.replace(/[\s\p{P}\p{S}]+/gu, "").toLowerCase() || text.trim();

export const words = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/\p{Mn}/gu, "").match(WORD) ?? [];

/** What dictation makes of spelling: "s h o u" is a word, "six six six" a number. */
export function undictate(query) {
  const plain = query.trim().replace(/[.?!。？！]+$/u, "");
  const parts = plain.toLowerCase().split(/[\s.-]+/u).filter(Boolean);
  if (parts.length > 1 && parts.every((part) => /^[a-z0-9]$/u.test(part))) return parts.join("");
  if (parts.length > 1 && parts.every((part) => part in DIGITS)) {
    return parts.map((part) => DIGITS[part]).join("");
  }
  return plain.replace(/^hash\s?tag\s+(?=\S)/iu, "") || query.trim();
}

const vowel = /[aeiouy]/u;

/** A light English stemmer: one form for "reply, replies, replied", "save, saving, saves". */
function cut(word) {
  if (word.length < 4) return word;
  let stem = word.replace(/(?:ies|ied)$/u, "y").replace(/sses$/u, "ss");
  if (stem === word && /[^su]s$/u.test(stem) && !/is$/u.test(stem)) stem = stem.slice(0, -1);
  const ending = stem.match(/(?:ing|ed|ly|ment|er)$/u)?.[0];
  if (ending && stem.length - ending.length > 2 && vowel.test(stem.slice(0, -ending.length))) {
    stem = stem.slice(0, -ending.length).replace(/([^lsz])\1$/u, "$1");
  }
  return stem.length > 3 ? stem.replace(/e$/u, "") : stem;
}

export class Stemmer {
  constructor(irregular) {
    this.irregular = irregular;
    this.known = new Map();
  }
  stem(word) {
    let held = this.known.get(word);
    if (held === undefined) {
      const plain = word.replace(/’/gu, "'").replace(/'s$/u, "").replace(/'/gu, "");
      held = cut(Object.hasOwn(this.irregular, plain) ? this.irregular[plain] : plain);
      this.known.set(word, held);
    }
    return held;
  }
}

/** The letters of a word as bits: words some edits apart differ in twice as many at most. */
export function letterSet(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) - 97 & 31);
  return bits;
}

export function mayBeNear(one, other, limit) {
  let differs = one ^ other;
  for (let n = 2 * limit; differs; n--) {
    if (n === 0) return false;
    differs &= differs - 1;
  }
  return true;
}

const ROWS = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];

/** Edits (with neighbours swapped as one) between two words, or limit + 1 where there are more. */
export function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit || a.length > 60 || b.length > 60) return limit + 1;
  let [before, last, row] = ROWS;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = (row[0] = i);
    for (let j = 1; j <= b.length; j++) {
      let value = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      if (last[j] < value) value = last[j] + 1;
      if (row[j - 1] < value) value = row[j - 1] + 1;
      if (i > 1 && j > 1 && before[j - 2] < value && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = before[j - 2] + 1;
      }
      row[j] = value;
      if (value < least) least = value;
    }
    if (least > limit) return limit + 1;
    [before, last, row] = [last, row, before];
  }
  return last[b.length];
}

const TONES = { "\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4 };

const read = new Map();

/** One written syllable as { letters, tone }; ü is "v", no tone is 0. Kept, since few are many. */
export function syllable(written) {
  let held = read.get(written);
  if (!held) read.set(written, (held = readSyllable(written)));
  return held;
}

function readSyllable(written) {
  let letters = "";
  let tone = 0;
  for (const part of written.toLowerCase().normalize("NFD").replace(/u\u0308/gu, "v").replace(/u([\u0300-\u030c])\u0308/gu, "v$1")) {
    if (part in TONES) tone = TONES[part];
    else if (/[a-z]/u.test(part)) letters += part;
    else if (/[1-5]/u.test(part)) tone = Number(part) % 5;
    else if (part === "\u0308") letters = letters.replace(/u$/u, "v");
  }
  return { letters, tone };
}

/** Pinyin as typed, cut into syllables that ``legal`` knows; null if it is not pinyin. */
export function typed(text, legal) {
  const result = [];
  for (const word of text.trim().toLowerCase().replace(/u:/gu, "v").split(/[\s'’\-·,，.。!！?？;：:~…、]+/u)) {
    if (!word) continue;
    const letters = [];
    for (const character of word.normalize("NFC")) {
      if (/[0-5]/u.test(character)) {
        if (!letters.length) return null;
        letters.at(-1).tone ||= Number(character) % 5;
        letters.at(-1).ends = true;
      } else {
        const one = syllable(character);
        if (one.letters.length !== 1) return null;
        letters.push({ letter: one.letters, tone: one.tone, ends: false });
      }
    }
    const best = Array(letters.length + 1).fill(null);
    best[letters.length] = [];
    for (let start = letters.length - 1; start >= 0; start--) {
      for (let end = Math.min(letters.length, start + 6); end > start; end--) {
        if (!best[end]) continue;
        const part = letters.slice(start, end);
        const form = part.map((one) => one.letter).join("");
        if (!legal.has(form) && !legal.has(form.replace("u", "v"))) continue;
        const tones = part.filter((one) => one.tone);
        if (tones.length > 1 || part.slice(0, -1).some((one) => one.ends)) continue;
        if (!best[start] || best[end].length + 1 < best[start].length) {
          best[start] = [{ letters: form, tone: tones[0]?.tone ?? 0 }, ...best[end]];
        }
      }
    }
    if (!best[0]) return null;
    result.push(...best[0]);
  }
  return result.length ? result : null;
}
