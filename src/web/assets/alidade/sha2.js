/**
 * SHA-2, [FIPS 180-4](https://doi.org/10.6028/NIST.FIPS.180-4): the browser has it only for pages that come over TLS.
 */

/** The fractional parts of the roots of the first primes, of which both families take their constants. */
const PRIMES = primes(80);

const ROUNDS_256 = PRIMES.slice(0, 64).map((prime) => Number(rootBits(prime, 3n) >> 32n));
const ROUNDS_512 = PRIMES.map((prime) => rootBits(prime, 3n));
const START_256 = PRIMES.slice(0, 8).map((prime) => Number(rootBits(prime, 2n) >> 32n));
const START_512 = PRIMES.slice(0, 8).map((prime) => rootBits(prime, 2n));
const START_384 = PRIMES.slice(8, 16).map((prime) => rootBits(prime, 2n));

const MASK = 2n ** 64n - 1n;

/**
 * The SHA-256 of some bytes.
 *
 * @param {Uint8Array} bytes
 */
export function sha256(bytes) {
  const blocks = new DataView(padded(bytes, 64).buffer);
  const state = Uint32Array.from(START_256);
  const words = new Uint32Array(64);
  for (let block = 0; block < blocks.byteLength; block += 64) {
    for (let at = 0; at < 64; at += 1) {
      words[at] = at < 16 ? blocks.getUint32(block + 4 * at) : extended32(words, at);
    }
    mix32(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => digest.setUint32(4 * at, word));
  return new Uint8Array(digest.buffer);
}

/**
 * The SHA-384 of some bytes.
 *
 * @param {Uint8Array} bytes
 */
export function sha384(bytes) {
  return long(bytes, START_384).slice(0, 48);
}

/**
 * The SHA-512 of some bytes.
 *
 * @param {Uint8Array} bytes
 */
export function sha512(bytes) {
  return long(bytes, START_512);
}

/**
 * @param {Uint32Array} words
 * @param {number} at
 */
function extended32(words, at) {
  const [early, late] = [words[at - 15], words[at - 2]];
  const low = turn32(early, 7) ^ turn32(early, 18) ^ (early >>> 3);
  const high = turn32(late, 17) ^ turn32(late, 19) ^ (late >>> 10);
  return words[at - 16] + low + words[at - 7] + high;
}

/**
 * @param {Uint32Array} state
 * @param {Uint32Array} words
 */
function mix32(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 64; at += 1) {
    const high = turn32(e, 6) ^ turn32(e, 11) ^ turn32(e, 25);
    const one = (h + high + ((e & f) ^ (~e & g)) + ROUNDS_256[at] + words[at]) | 0;
    const low = turn32(a, 2) ^ turn32(a, 13) ^ turn32(a, 22);
    const two = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] += word;
  });
}

/**
 * @param {Uint8Array} bytes
 * @param {bigint[]} start
 */
function long(bytes, start) {
  const blocks = new DataView(padded(bytes, 128).buffer);
  const state = [...start];
  /** @type {bigint[]} */
  const words = [];
  for (let block = 0; block < blocks.byteLength; block += 128) {
    for (let at = 0; at < 80; at += 1) {
      words[at] = at < 16 ? blocks.getBigUint64(block + 8 * at) : extended64(words, at);
    }
    mix64(state, words);
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((word, at) => digest.setBigUint64(8 * at, word));
  return new Uint8Array(digest.buffer);
}

/**
 * @param {bigint[]} words
 * @param {number} at
 */
function extended64(words, at) {
  const [early, late] = [words[at - 15], words[at - 2]];
  const low = turn64(early, 1n) ^ turn64(early, 8n) ^ (early >> 7n);
  const high = turn64(late, 19n) ^ turn64(late, 61n) ^ (late >> 6n);
  return (words[at - 16] + low + words[at - 7] + high) & MASK;
}

/**
 * @param {bigint[]} state
 * @param {bigint[]} words
 */
function mix64(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let at = 0; at < 80; at += 1) {
    const high = turn64(e, 14n) ^ turn64(e, 18n) ^ turn64(e, 41n);
    const one = h + high + ((e & f) ^ (~e & MASK & g)) + ROUNDS_512[at] + words[at];
    const low = turn64(a, 28n) ^ turn64(a, 34n) ^ turn64(a, 39n);
    const two = low + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) & MASK, a, b, c, (d + one) & MASK, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, at) => {
    state[at] = (state[at] + word) & MASK;
  });
}

/**
 * @param {number} word
 * @param {number} by
 */
function turn32(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/**
 * @param {bigint} word
 * @param {bigint} by
 */
function turn64(word, by) {
  return ((word >> by) | (word << (64n - by))) & MASK;
}

/**
 * Bytes with a one, zeros and their length behind them, so that they fill whole blocks.
 *
 * @param {Uint8Array} bytes
 * @param {number} block
 */
function padded(bytes, block) {
  const end = bytes.length + 1 + block / 8;
  const whole = new Uint8Array(Math.ceil(end / block) * block);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  new DataView(whole.buffer).setBigUint64(whole.length - 8, BigInt(bytes.length) * 8n);
  return whole;
}

/**
 * @param {number} count
 * @returns {bigint[]}
 */
function primes(count) {
  /** @type {bigint[]} */
  const found = [];
  for (let number = 2n; found.length < count; number += 1n) {
    if (found.every((prime) => number % prime !== 0n)) {
      found.push(number);
    }
  }
  return found;
}

/**
 * The first 64 bits of the fractional part of a root.
 *
 * @param {bigint} number
 * @param {bigint} degree
 */
function rootBits(number, degree) {
  const scaled = number << (64n * degree);
  let [low, high] = [0n, number << 64n];
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    [low, high] = middle ** degree <= scaled ? [middle, high] : [low, middle - 1n];
  }
  return low & (2n ** 64n - 1n);
}
