// The page's own index: the same rules and weights as helper/lookup/index.py, on the compact JSON
// of helper/lookup/compact.py. Everything it needs is built once; a search takes a few
// milliseconds at most, well within a frame.
import { Stemmer, bare, distance, isHanzi, letterSet, mayBeNear, syllable, typed, undictate, words } from "./index-text.js";

const PRIOR = { term: 6, slang: 4, hashtag: 2.5, phrase: 2, howto: 1.5 };
// As helper/mandarin/pinyin.py's joined() writes it: half-width marks, no space on their inside.
const SAYS = /[\p{L}\p{N}]/u;
const HALF_WIDTH = new Map([..."，。！？；：（）【】、"].map((mark, i) => [mark, ",.!?;:()[],"[i]]));
const INSIDE = /\s+([”’…,.!?;:)\]])|([“‘([@#])\s+/g;

export class PageIndex {
  /**
   * The index of the parsed ``files``, built piece by piece so that typing is never held up.
   * @param {object[]} files the core first
   */
  static async build(files) {
    const index = new PageIndex(files[0]);
    let since = performance.now();
    for (const file of files) {
      for (const work of index.#read(file)) {
        work();
        if (performance.now() - since > 6) {
          await new Promise((done) => setTimeout(done));
          since = performance.now();
        }
      }
    }
    index.#finish();
    return index;
  }

  constructor(core) {
    this.entries = [];
    this.stemmer = new Stemmer(core.irregular);
    this.stop = new Set(core.stop);
    this.simple = new Map();
    this.postings = new Map();
    this.exact = new Map();
    this.vocabulary = new Map();
    this.byKey = new Map();
    this.byInitials = new Map();
    this.legal = new Set();
  }

  #finish() {
    this.idf = new Map();
    for (const [token, held] of this.postings) {
      this.idf.set(token, Math.log(1 + this.entries.length / held.size));
    }
    this.spelled = [...this.vocabulary.keys()].sort();
    this.keys = [...this.byKey.keys()].sort();
    this.spelledSets = Int32Array.from(this.spelled, letterSet);
    this.keySets = Int32Array.from(this.keys, letterSet);
    for (const [token, held] of this.postings) this.postings.set(token, [...held]);
    this.stems = new Set(this.vocabulary.values());
    this.scores = new Float64Array(this.entries.length);
    this.column = new Float64Array(this.entries.length);
  }

  *#read({ chars, readings, trad, groups }) {
    const reading = new Map();
    const said = readings.split(" ");
    [...chars].forEach((character, i) => reading.set(character, said[i]));
    const pairs = [...trad];
    for (let i = 0; i < pairs.length; i += 2) this.simple.set(pairs[i], pairs[i + 1]);
    for (const [kind, prefix, place, order, ...columns] of groups) {
      const [ids, hanzi, pinyin, english, names] = columns.map((column) => column.split("\n"));
      for (const [i, id] of ids.entries()) {
        yield () => this.#add({
          id: prefix + id, kind, place, hanzi: hanzi[i], english: english[i],
          pinyin: pinyin[i] || this.#derive(hanzi[i], reading),
          names: [english[i], ...(names[i] ? names[i].split("\t") : [])],
          // a word comes before an emoji that says it
          prior: PRIOR[kind] - 0.03 * order - (kind === "slang" && !SAYS.test(hanzi[i]) ? 1.2 : 0),
        }, Boolean(pinyin[i]) || isHanzi(hanzi[i]));
      }
    }
  }

  #derive(text, reading) {
    if (!isHanzi(text)) return "";
    const parts = text.match(/[\p{Script=Han}〇]|[^\p{Script=Han}〇]+/gu) ?? [];
    return parts.map((part) => reading.get(part) ?? part.trim()).filter(Boolean).join(" ")
      .replace(/[，。！？；：（）【】、]/g, (mark) => HALF_WIDTH.get(mark))
      .replace(INSIDE, (_, after = "", before = "") => after + before);
  }

  #add(entry, read) {
    const number = this.entries.push(entry) - 1;
    entry.bare = bare(entry.hanzi);
    entry.size = [...entry.bare].length;
    let label;
    entry.shapes = entry.names.map((name, rank) => {
      const spelled = words(name);
      for (const word of spelled) this.vocabulary.set(word, this.stemmer.stem(word));
      const shape = this.#tokens(spelled).map((word) => this.stemmer.stem(word));
      label ??= new Set(shape);
      push(this.exact, spelled.join(" "), [number, exactness(new Set(shape), label)]);
      for (const token of shape) this.#post(token, number, rank === 0 ? 1 : 0.93);
      return shape;
    });
    for (const word of this.#tokens(words(entry.place))) this.#post(this.stemmer.stem(word), number, 0.4);
    const heard = read ? entry.pinyin.match(/[\p{Script=Latin}\p{M}]+|\d+/gu) ?? [] : [];
    entry.syllables = heard.map(syllable).filter((one) => one.letters);
    entry.run = entry.syllables.map((one) => `'${one.letters}`).join("") + "'";
    if (!entry.syllables.length) return;
    for (const one of entry.syllables) if (one.letters.length < 7) this.legal.add(one.letters);
    push(this.byKey, key(entry.syllables), number);
    if (entry.syllables.length > 1) {
      push(this.byInitials, entry.syllables.map((one) => one.letters[0]).join(""), number);
    }
  }

  #tokens(spelled) {
    const kept = spelled.filter((word) => !this.stop.has(word.replace(/['’]/gu, "")));
    return kept.length ? kept : spelled;
  }

  #post(token, number, weight) {
    let held = this.postings.get(token);
    if (!held) this.postings.set(token, (held = new Map()));
    if ((held.get(number) ?? 0) < weight) held.set(number, weight);
  }

  /**
   * Entries for ``query``, best first.
   * @returns {{hits: {entry: object, score: number, same: object[]}[], nearest: boolean}}
   */
  search(query, limit = 20) {
    const asked = undictate(query.slice(0, 200));
    if (!asked) return { hits: [], nearest: false };
    const best = new Map();
    const offer = (number, score) => {
      if (!(best.get(number) >= score)) best.set(number, score);
    };
    const simplified = [...asked].map((c) => this.simple.get(c) ?? c).join("");
    const plain = bare(simplified);
    if (isHanzi(plain)) this.#hanzi(plain, offer);
    else {
      this.entries.forEach((entry, number) => entry.bare === plain && offer(number, 104));
      if (SAYS.test(plain)) { // an emoji or a sign is only itself
        this.#english(asked, offer);
        this.#pinyin(asked, offer);
      }
    }
    let ranked = [...best].filter(([, score]) => score >= 30);
    const nearest = !ranked.length && best.size > 0;
    if (nearest) ranked = [...best];
    const order = ranked.map(([n, score]) => [n, score, Math.round((score + this.entries[n].prior) * 1000)]);
    order.sort((a, b) => b[2] - a[2] || this.entries[a[0]].bare.length - this.entries[b[0]].bare.length || a[0] - b[0]);
    const groups = new Map();
    for (const [number, score] of order) {
      const entry = this.entries[number];
      const label = `${entry.kind} ${entry.bare}`;
      const held = groups.get(label);
      if (held) held.same.push(entry);
      else if (groups.size < limit) groups.set(label, { entry, score, same: [] });
    }
    return { hits: [...groups.values()], nearest };
  }

  #hanzi(plain, offer) {
    const wanted = new Set(plain);
    const length = [...plain].length;
    this.entries.forEach((entry, number) => {
      const label = entry.bare;
      if (label === plain) return offer(number, 105);
      let count = 0;
      for (const character of wanted) if (label.includes(character)) count += 1;
      if (!count) return undefined;
      const { size } = entry;
      if (count === wanted.size) {
        const share = length / size;
        if (label.startsWith(plain)) offer(number, 70 + 25 * share);
        else if (label.includes(plain)) offer(number, 62 + 25 * share);
        else offer(number, 35 + 20 * share);
      }
      if (size > 1 && plain.includes(label)) offer(number, 45 + (40 * size) / length);
      else if (wanted.size > 2 && count >= wanted.size - 1 && size <= length + 2) {
        offer(number, 30 + (25 * count) / Math.max(size, length));
      } else if (wanted.size <= 2) offer(number, 8 + (10 * count) / Math.max(size, length));
      return undefined;
    });
  }

  #english(query, offer) {
    const spelled = words(query);
    for (const [number, fit] of this.exact.get(spelled.join(" ")) ?? []) offer(number, fit);
    const content = this.#tokens(spelled);
    const guess = typed(query, this.legal) === null; // pinyin is no misspelt English
    for (const kept of [spelled, content]) {
      const meant = kept.map((word) => (guess ? this.#mended(word) : word)).join(" ");
      for (const [number, fit] of this.exact.get(meant) ?? []) offer(number, Math.min(fit, 96.5) - 1.5);
    }
    const tokens = new Map(content.map((word) => [this.stemmer.stem(word), word]));
    if (!tokens.size) return;
    const last = /[\p{L}\p{N}]$/u.test(query) ? this.stemmer.stem(spelled.at(-1)) : "";
    this.scores.fill(0);
    const equivalent = new Map();
    const discount = new Map();
    const worth = new Map();
    let total = 0;
    const touched = [];
    for (const [token, written] of tokens) {
      const options = this.#options(token, written, token === last);
      const idf = options.reduce((most, [option]) => Math.max(most, this.idf.get(option)), 0) || 6.5;
      worth.set(token, idf);
      total += idf;
      const reached = [];
      for (const [option, weight] of options) {
        equivalent.set(option, token);
        discount.set(option, weight);
        for (const [number, held] of this.postings.get(option)) {
          if (this.column[number] === 0) reached.push(number);
          if (this.column[number] < held * weight) this.column[number] = held * weight;
        }
      }
      for (const number of reached) {
        if (this.scores[number] === 0) touched.push(number);
        this.scores[number] += idf * this.column[number];
        this.column[number] = 0;
      }
    }
    const weighed = touched.map((number) => [this.scores[number] / total + 0.004 * this.entries[number].prior, number]);
    const top = weighed.sort((one, other) => other[0] - one[0]).slice(0, 40).map(([, number]) => number);
    for (const number of top) {
      const coverage = this.scores[number] / total;
      if (coverage > 0.05) offer(number, 58 * coverage + 36 * this.#shape(number, tokens, equivalent, discount, worth));
    }
  }

  /** Indexed stems that a word of the query may mean, each with a weight. */
  #options(token, written, isLast) {
    const options = new Map();
    if (this.postings.has(token)) options.set(token, 1);
    if (isLast && written.length > 1) {
      const begun = [];
      for (let i = lower(this.spelled, written); i < this.spelled.length && begun.length < 300; i++) {
        if (!this.spelled[i].startsWith(written)) break;
        begun.push(this.spelled[i]);
      }
      begun.sort((a, b) => a.length - b.length);
      const completed = new Set(begun.map((word) => this.vocabulary.get(word)));
      for (const stem of [...completed].slice(0, 10)) {
        if (this.postings.has(stem) && !options.has(stem)) options.set(stem, 0.75);
      }
    }
    if (!this.stems.has(token) && written.length > 3) {
      for (const [stem, { far }] of this.#near(written)) {
        if (this.postings.has(stem) && !options.has(stem)) options.set(stem, far === 1 ? 0.85 : 0.68);
      }
    }
    return [...options];
  }

  /** The word itself where it is known or too short to guess; else the nearest known one. */
  #mended(word) {
    if (word.length < 4 || this.stems.has(this.stemmer.stem(word))) return word;
    return this.#near(word)[0]?.[1].word ?? word;
  }

  /** Stems of words within one or two typos, each with its distance and word, nearest first. */
  #near(written) {
    if (this.asked !== written) [this.asked, this.answer] = [written, this.#findNear(written)];
    return this.answer;
  }

  #findNear(written) {
    const allowed = written.length < 5 ? 1 : 2;
    const found = [];
    const letters = letterSet(written);
    for (let i = 0; i < this.spelled.length; i++) {
      const word = this.spelled[i];
      if (Math.abs(word.length - written.length) > allowed) continue;
      if (!mayBeNear(letters, this.spelledSets[i], allowed)) continue;
      if (word[0] !== written[0] && word.at(-1) !== written.at(-1)) continue;
      const far = distance(written, word, allowed);
      if (far <= allowed) found.push([word, far + (word[0] === written[0] ? 0 : 0.5)]);
    }
    found.sort((a, b) => a[1] - b[1]);
    const nearest = new Map();
    for (const [word, far] of found) {
      const stem = this.vocabulary.get(word);
      if (!nearest.has(stem)) nearest.set(stem, { far: Math.floor(far), word });
    }
    return [...nearest].slice(0, 5);
  }

  /** How well the entry's best name fits all of the query, from 0 to 1. */
  #shape(number, tokens, equivalent, discount, worth) {
    let best = 0;
    this.entries[number].shapes.forEach((shape, rank) => {
      const found = new Set();
      let sum = 0;
      let size = 0;
      for (const token of shape) {
        const idf = this.idf.get(token) ?? 1;
        size += idf;
        const origin = equivalent.get(token);
        if (origin !== undefined && !found.has(origin)) {
          found.add(origin);
          sum += idf * discount.get(token);
        }
      }
      if (!found.size) return;
      for (const token of tokens.keys()) if (!found.has(token)) size += worth.get(token);
      best = Math.max(best, sum / size - 0.015 * Math.min(rank, 3));
    });
    return best;
  }

  #pinyin(query, offer) {
    const lowered = query.toLowerCase().trim();
    const letters = lowered.replace(/[\s'’·-]+/gu, "");
    if (/^[a-z]{2,8}$/u.test(letters)) {
      for (const number of this.byInitials.get(letters) ?? []) offer(number, letters.length === 2 ? 74 : 78);
    }
    const cut = typed(lowered, this.legal);
    if (!cut) return this.#nearPinyin(letters, offer);
    const english = words(query).every((word) => this.stems.has(this.stemmer.stem(word)));
    const whole = key(cut);
    const toned = cut.some((one) => one.tone);
    for (const number of this.byKey.get(whole) ?? []) {
      const full = toned ? 101 : english ? 94 : 99;
      offer(number, agree(cut, this.entries[number].syllables) ? full : 86);
    }
    if (whole.length >= 2 && !toned) {
      const start = lower(this.keys, whole);
      for (let i = start; i < Math.min(this.keys.length, start + 30); i++) {
        const other = this.keys[i];
        if (!other.startsWith(whole)) break;
        if (other === whole) continue;
        for (const number of this.byKey.get(other)) {
          offer(number, 60 + (22 * whole.length) / other.length - (english ? 12 : 0));
        }
      }
    }
    const run = cut.map((one) => `'${one.letters}`).join("") + "'";
    this.entries.forEach((entry, number) => {
      const at = entry.run.indexOf(run);
      if (at < 0 || entry.run === run) return;
      const place = entry.run.slice(0, at).split("'").length - 1;
      let score = 50 + (30 * cut.length) / entry.syllables.length + (at === 0 ? 2 : 0) - (english ? 15 : 0);
      if (toned && !agree(cut, entry.syllables.slice(place, place + cut.length))) score -= 12;
      offer(number, score);
    });
    if (!this.byKey.has(whole) && whole.length > 3) this.#nearPinyin(whole, offer);
    return undefined;
  }

  #nearPinyin(text, offer) {
    const letters = text.replace(/\d/gu, "").replace(/ü/gu, "v");
    if (!/^[a-z]{4,}$/u.test(letters)) return;
    const allowed = letters.length < 7 ? 1 : 2;
    const set = letterSet(letters);
    for (let i = 0; i < this.keys.length; i++) {
      if (!mayBeNear(set, this.keySets[i], allowed)) continue;
      const other = this.keys[i];
      const far = distance(letters, other, allowed);
      if (far > allowed) continue;
      for (const number of this.byKey.get(other)) {
        offer(number, 78 - 12 * far + 0.5 * Math.min(letters.length, 16));
      }
    }
  }
}

function push(map, name, value) {
  const held = map.get(name);
  if (held) held.push(value);
  else map.set(name, [value]);
}

/** What a name is worth that is just what was asked, by the label's words that it shares. */
function exactness(shape, label) {
  const shared = [...shape].filter((word) => label.has(word)).length;
  if (shared === shape.size && shared === label.size) return 100;
  return shared ? 97 : 95;
}

const key = (syllables) => syllables.map((one) => one.letters).join("");
const agree = (asked, held) => asked.every((one, i) => !one.tone || !held[i] || one.tone === held[i].tone);

/** The first place in the sorted ``list`` that is not before ``value``. */
function lower(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
