//! Why a command could not be carried out, in both languages: until the call is understood it is not
//! known in which one to answer. The words of the operating system, of the file system and of the
//! argument parser are replaced by ours where we have any.

use super::output::plain;
use crate::lang::{Lang, say};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// Why a command could not be carried out.
#[derive(Debug)]
pub struct Failure {
    english: String,
    french: String,
    quiet: bool,
}

impl Failure {
    /// A failure that has not been told yet, in the language of the answer.
    pub fn new(message: impl Into<String>) -> Failure {
        let message = message.into();
        Failure::both(message.clone(), message)
    }

    /// A failure that comes up before the language of the answer is known.
    pub fn both(english: impl Into<String>, french: impl Into<String>) -> Failure {
        Failure { english: english.into(), french: french.into(), quiet: false }
    }

    /// A file that could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Failure {
        let path = plain(&path.display().to_string());
        Failure::both(
            format!("{path}: {}", reason(error, Lang::En)),
            format!("{path} : {}", reason(error, Lang::Fr)),
        )
    }

    /// The same, where lines may have been written before.
    pub fn in_midst(self) -> Failure {
        Failure {
            english: self.english + "; nothing that this run wrote is to be used",
            french: self.french + " ; rien de ce que cet appel a écrit n'est à utiliser",
            ..self
        }
    }

    /// A failure about which everything has been said.
    pub fn told() -> Failure {
        Failure { english: String::new(), french: String::new(), quiet: true }
    }

    /// Says it on standard error.
    pub fn tell(&self, lang: Lang) {
        if !self.quiet {
            let mut stderr = anstream::stderr().lock();
            // Where standard error itself is closed, the exit code is all that is left to say.
            let _ = writeln!(stderr, "jalon: {}", lang.pick(&self.english, &self.french));
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::both(
            format!("the output could not be written: {}", reason(&error, Lang::En)),
            format!("les résultats n'ont pas pu être écrits : {}", reason(&error, Lang::Fr)),
        )
    }
}

/// What the operating system says, in words of an administrator.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is another crate's and grows")]
pub fn reason(error: &io::Error, lang: Lang) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => {
            ("there is no such file or folder", "il n'y a ni fichier ni répertoire de ce nom")
        }
        ErrorKind::PermissionDenied => ("access is not permitted", "l'accès n'est pas permis"),
        ErrorKind::IsADirectory => {
            ("this is a folder, not a file", "c'est un répertoire, pas un fichier")
        }
        ErrorKind::NotADirectory => {
            ("part of this path is not a folder", "une partie de ce chemin n'est pas un répertoire")
        }
        ErrorKind::StorageFull => ("the disk is full", "le disque est plein"),
        ErrorKind::QuotaExceeded => ("the disk quota is used up", "le quota de disque est épuisé"),
        ErrorKind::FileTooLarge => ("the file is too large", "le fichier est trop grand"),
        ErrorKind::ReadOnlyFilesystem => {
            ("nothing can be written on this disk", "rien ne peut être écrit sur ce disque")
        }
        ErrorKind::UnexpectedEof => ("the file is cut off", "le fichier est tronqué"),
        ErrorKind::InvalidData | ErrorKind::InvalidInput => (
            "the file is damaged, or is not what its name says",
            "le fichier est abîmé, ou n'est pas ce que dit son nom",
        ),
        ErrorKind::OutOfMemory => (
            "reading it takes more memory than is allowed (a file that was compressed with `--long` has to be compressed without it)",
            "sa lecture demande plus de mémoire que permis (un fichier compressé avec `--long` doit l'être sans)",
        ),
        ErrorKind::InvalidFilename => (
            "the name is too long, or not possible here",
            "le nom est trop long, ou impossible ici",
        ),
        ErrorKind::BrokenPipe => ("the reader has closed the pipe", "le lecteur a fermé le tube"),
        _ => return unusual(error, lang),
    };
    let (english, french) = words;
    say!(lang, "{english}", "{french}")
}

/// What the system reports seldom: its number, which says more to who looks after the machine than
/// words in another language would.
fn unusual(error: &io::Error, lang: Lang) -> String {
    // On Linux and macOS: links that lead in a circle, too many open files, a device that fails.
    let links = if cfg!(target_os = "macos") { 62 } else { 40 };
    let words = match error.raw_os_error().filter(|_| cfg!(unix)) {
        Some(code) if code == links => {
            ("links lead in a circle here", "des liens tournent en rond ici")
        }
        Some(23 | 24) => ("too many files are open", "trop de fichiers sont ouverts"),
        Some(5) => ("the disk or the device fails", "le disque ou l'appareil est en panne"),
        Some(_) | None => match error.raw_os_error() {
            Some(code) => {
                return say!(
                    lang,
                    "the system reports error {code}",
                    "le système signale l'erreur {code}"
                );
            }
            None => ("it failed half-way", "l'opération a échoué en chemin"),
        },
    };
    let (english, french) = words;
    say!(lang, "{english}", "{french}")
}
