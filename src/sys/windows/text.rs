//! Bytes to the UTF-16 that a console is written in.
//!
//! `WriteConsoleW` shows all of Unicode, whatever the code page of the console is. That code page
//! is shared with all programs on the console, so it is not changed; but programs that write bytes
//! into our pipe may have written them in it.

use std::str;

use windows_sys::Win32::Globalization::{CP_UTF8, MultiByteToWideChar};
use windows_sys::Win32::System::Console::GetConsoleOutputCP;

/// Decodes bytes that arrive in pieces.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// The first bytes of a character that is not complete.
    pending: Vec<u8>,
}

impl Decoder {
    /// Appends `bytes` to `out`. The start of a character at the end of `bytes` is kept for the
    /// next call. What is not UTF-8 is taken to be in the console's code page.
    pub(super) fn decode(&mut self, bytes: &[u8], out: &mut Vec<u16>) {
        if self.pending.is_empty() {
            return self.decode_whole(bytes, out);
        }
        let mut joined = std::mem::take(&mut self.pending);
        joined.extend_from_slice(bytes);
        self.decode_whole(&joined, out);
    }

    fn decode_whole(&mut self, mut bytes: &[u8], out: &mut Vec<u16>) {
        loop {
            let (valid, rest) = match str::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(err) => {
                    let (valid, rest) = bytes.split_at(err.valid_up_to());
                    (str::from_utf8(valid).unwrap_or_default(), Some((rest, err.error_len())))
                }
            };
            out.extend(valid.encode_utf16());
            match rest {
                None => return,
                Some((rest, None)) => return self.pending.extend_from_slice(rest),
                Some((rest, Some(length))) => {
                    let (invalid, after) = rest.split_at(length);
                    decode_code_page(invalid, out);
                    bytes = after;
                }
            }
        }
    }
}

/// Appends a few bytes in the code page of the console.
fn decode_code_page(bytes: &[u8], out: &mut Vec<u16>) {
    // SAFETY: it has no conditions.
    let page = unsafe { GetConsoleOutputCP() };
    let mut units = [0_u16; 8];
    let mut length = 0;
    if page != CP_UTF8 && bytes.len() <= units.len() {
        // SAFETY: both lengths are those of the arrays, which are at most eight.
        length = unsafe {
            MultiByteToWideChar(page, 0, bytes.as_ptr(), bytes.len() as i32, units.as_mut_ptr(), units.len() as i32)
        };
    }
    match usize::try_from(length) {
        Ok(length @ 1..) => out.extend_from_slice(units.get(..length).unwrap_or_default()),
        _ => out.push(char::REPLACEMENT_CHARACTER as u16),
    }
}

/// The length of the next piece of `units`: at most `most`, and no character is cut in two.
pub(super) fn piece(units: &[u16], most: usize) -> usize {
    let is_high_surrogate = |unit: &u16| (0xd800..0xdc00).contains(unit);
    match units.len() <= most {
        true => units.len(),
        false if most > 1 && units.get(most - 1).is_some_and(is_high_surrogate) => most - 1,
        false => most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_pieces_is_the_same_text() {
        let text = "a\x1b[1m│ █▏ é 漢字 🎉\r\n";
        for step in 1..=text.len() {
            let (mut decoder, mut units) = (Decoder::default(), Vec::new());
            text.as_bytes().chunks(step).for_each(|piece| decoder.decode(piece, &mut units));
            assert_eq!(String::from_utf16(&units).expect("text"), text, "in steps of {step}");
        }
    }

    #[test]
    fn bytes_that_are_no_utf_8_do_not_disturb_the_others() {
        let (mut decoder, mut units) = (Decoder::default(), Vec::new());
        decoder.decode(b"a\xffb\xe6\xbc", &mut units);
        assert_eq!(
            (units.len(), units[0], units[2]),
            (3, u16::from(b'a'), u16::from(b'b')),
            "the last two may be completed"
        );
        decoder.decode(b"c", &mut units);
        assert_eq!(units.last(), Some(&u16::from(b'c')));
    }

    #[test]
    fn no_character_is_cut_in_two() {
        let units: Vec<u16> = "a🎉b".encode_utf16().collect();
        assert_eq!((1..=5).map(|most| piece(&units, most)).collect::<Vec<_>>(), [1, 1, 3, 4, 4]);
    }
}
