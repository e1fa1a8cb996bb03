//! What the borders to WebAssembly share: in, bytes that the caller has written into the memory of the instance; out, an
//! answer there. All that is unsafe stands here; it knows nothing of what is asked or answered.
//!
//! An answer is at a pointer: four bytes of its length, lowest first, and as many bytes of JSON. It is given back with
//! [`dealloc`], of that length and four. A module that names this crate exports [`alloc`] and [`dealloc`] beside its own
//! functions. A failure of the program is a trap, which ends the instance: the other side makes a new one.

#![allow(unsafe_code, reason = "memory is shared with a caller that nobody else can vouch for")]

use serde_json::{Value, json};

/// Room for so many bytes.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives room back.
///
/// # Safety
///
/// [`alloc`] or an answer gave it, of this length, and it is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn dealloc(pointer: *mut u8, length: usize) {
    // SAFETY: as the caller says.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(pointer, length)) });
}

/// What the caller has written.
///
/// # Safety
///
/// [`alloc`] gave it, of this length at least, and the caller keeps it as it is for as long as the bytes are read.
pub unsafe fn bytes<'a>(pointer: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: as the caller says.
    unsafe { std::slice::from_raw_parts(pointer, length) }
}

/// Gives an outcome: what was asked for as `ok`, or an `error`.
pub fn give(outcome: Result<Value, Value>) -> *mut u8 {
    let told = match outcome {
        Ok(value) => json!({ "ok": value }),
        Err(error) => json!({ "error": error }),
    };
    let text = told.to_string();
    let length = u32::try_from(text.len()).unwrap_or_default();
    let mut out = Vec::with_capacity(text.len() + 4);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(text.as_bytes());
    Box::into_raw(out.into_boxed_slice()).cast()
}

#[cfg(test)]
mod tests {
    use super::{alloc, bytes, dealloc, give};
    use serde_json::json;

    #[test]
    fn an_answer_is_its_length_and_its_text() {
        let answer = give(Ok(json!({ "héros": 1 })));
        let text = r#"{"ok":{"héros":1}}"#;
        // SAFETY: `give` gave it, of the length that it states.
        let given = unsafe { bytes(answer, text.len() + 4) };
        let (length, told) = given.split_at(4);
        assert_eq!(length, [19, 0, 0, 0]);
        assert_eq!(told, text.as_bytes());
        // SAFETY: as above, and it is not looked at any more.
        unsafe { dealloc(answer, text.len() + 4) };
    }

    #[test]
    fn room_is_given_and_taken_back() {
        for length in [0, 1, 70_000] {
            let room = alloc(length);
            // SAFETY: `alloc` gave it, of this length, and it is not used after `dealloc`.
            unsafe {
                assert!(bytes(room, length).iter().all(|byte| *byte == 0));
                dealloc(room, length);
            }
        }
    }
}
