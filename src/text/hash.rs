//! One hash for everything that is kept in a file, so that it is the same on every machine.

/// A 64-bit hash of bytes: FNV-1a, then the final mixing of `splitmix64`.
pub fn hash(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let folded = bytes.iter().fold(OFFSET, |state, &byte| {
        (state ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    mix(folded, 0)
}

/// Two hashes to one; the order counts.
pub fn mix(one: u64, other: u64) -> u64 {
    let mut state = one
        .rotate_left(23)
        .wrapping_add(other)
        .wrapping_add(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
