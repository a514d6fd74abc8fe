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

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked out by another program: files in the repository rest on these values.
    #[test]
    fn values_are_the_same_everywhere() {
        for (text, expected) in [
            ("", 0x92e2_495f_7c72_0984),
            ("a", 0x2bd1_c67b_0467_c6f7),
            ("tusk", 0x1f57_5f75_5135_15cc),
            ("łódź", 0xe826_1457_36f3_ab89),
        ] {
            assert_eq!(hash(text.as_bytes()), expected, "{text}");
        }
        for (one, other, expected) in [
            (0, 0, 0xe220_a839_7b1d_cdaf),
            (1, 2, 0x885d_9e34_f64f_f357),
            (2, 1, 0xd911_9d74_a403_ec0a),
            (u64::MAX, u64::MAX, 0xf320_3e90_39f4_a821),
        ] {
            assert_eq!(mix(one, other), expected, "{one} {other}");
        }
    }
}
