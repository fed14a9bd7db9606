//! The random numbers of Python, so that a sample drawn with a seed there is the same sample here.
//!
//! The published and measured baselines were drawn with `random.Random(7).sample(…)`. The generator is
//! [MT19937](https://doi.org/10.1145/272991.272995), seeded by an array; the rest follows `random.py` of Python 3.

use std::collections::BTreeSet;

const N: usize = 624;

const M: usize = 397;

/// The generator.
pub(crate) struct Mersenne {
    state: Vec<u32>,
    at: usize,
}

impl Mersenne {
    /// The generator of a seed, as `random.Random(seed)`.
    pub(crate) fn of(seed: u32) -> Self {
        let mut state = seeded(19_650_218);
        let mut i = 1;
        for _ in 0..N {
            let mixed = (state[i - 1] ^ (state[i - 1] >> 30)).wrapping_mul(1_664_525);
            state[i] = (state[i] ^ mixed).wrapping_add(seed);
            i = next(&mut state, i);
        }
        for _ in 1..N {
            let mixed = (state[i - 1] ^ (state[i - 1] >> 30)).wrapping_mul(1_566_083_941);
            state[i] = (state[i] ^ mixed).wrapping_sub(u32::try_from(i).unwrap());
            i = next(&mut state, i);
        }
        state[0] = 0x8000_0000;
        Self { state, at: N }
    }

    /// The next 32 bits.
    pub(crate) fn bits(&mut self) -> u32 {
        if self.at == N {
            self.turn();
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A number below `n`, which is not 0; as `randrange(n)`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let width = usize::BITS - n.leading_zeros();
        loop {
            let drawn = usize::try_from(self.bits() >> (32 - width)).unwrap();
            if drawn < n {
                return drawn;
            }
        }
    }

    /// So many different numbers below `n`, as `sample(range(n), k)`.
    pub(crate) fn sample(&mut self, n: usize, k: usize) -> Vec<usize> {
        assert!(k <= n, "{k} of {n}");
        if n <= pool_limit(k) {
            return self.sample_of_pool(n, k);
        }
        let mut drawn = BTreeSet::new();
        let mut one = || loop {
            let number = self.below(n);
            if drawn.insert(number) {
                return number;
            }
        };
        (0..k).map(|_| one()).collect()
    }

    fn sample_of_pool(&mut self, n: usize, k: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..n).collect();
        let mut one = |i: usize| {
            let at = self.below(n - i);
            let number = pool[at];
            pool[at] = pool[n - i - 1];
            number
        };
        (0..k).map(&mut one).collect()
    }

    fn turn(&mut self) {
        for i in 0..N {
            let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
            let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
        }
        self.at = 0;
    }
}

/// The largest number of things from which Python draws without remembering what it drew.
fn pool_limit(k: usize) -> usize {
    let mut more = 1;
    while more < 3 * k {
        more *= 4;
    }
    21 + if k > 5 { more } else { 0 }
}

fn seeded(seed: u32) -> Vec<u32> {
    let mut state = vec![seed];
    for i in 1..N {
        let last = state[i - 1];
        let mixed = (last ^ (last >> 30)).wrapping_mul(1_812_433_253);
        state.push(mixed.wrapping_add(u32::try_from(i).unwrap()));
    }
    state
}

fn next(state: &mut [u32], i: usize) -> usize {
    if i + 1 < N {
        return i + 1;
    }
    state[0] = state[N - 1];
    1
}

#[cfg(test)]
mod tests {
    use super::Mersenne;

    #[test]
    fn a_seed_gives_the_numbers_and_samples_that_python_gives() {
        let mut seven = Mersenne::of(7);
        let bits: Vec<u32> = (0..5).map(|_| seven.bits()).collect();
        assert_eq!(bits, [1_390_851_128, 4_071_050_724, 647_892_279, 1_695_753_998, 2_795_742_288]);
        assert_eq!(Mersenne::of(7).sample(10, 3), [5, 2, 6]);
        let drawn = Mersenne::of(7).sample(17_197, 2_000);
        assert_eq!(
            drawn[..10],
            [10_611, 4_943, 12_937, 1_582, 2_373, 3_084, 11_982, 1_900, 16_627, 7_035]
        );
        assert_eq!(drawn.iter().sum::<usize>(), 16_991_739);
    }
}
