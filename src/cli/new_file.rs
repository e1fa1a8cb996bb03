//! Files that a call asks for. Each is written beside its place and then put there: whatever fails
//! on the way, a file is whole, or as it was before; or it is not there, where an old one would be
//! taken for the new one. Where the system knows files without a name (Linux, on most file systems),
//! nothing remains of a call that is killed.

#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use super::output::{Failure, plain};
use std::fs::{File, Permissions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// So many bytes of a file tell of what kind it is; no schedule, no artefact and no account is longer.
const LOOKED_AT: u64 = 64 * 1024 * 1024;

/// A file that is written piece by piece, and is in its place once it is finished.
pub struct NewFile {
    path: PathBuf,
    file: BufWriter<File>,
    /// The file is a neighbour, which takes the place of the target; nothing of it remains if it
    /// never does. A device or a pipe has none, and is written to itself.
    beside: Option<(Neighbour, PathBuf)>,
}

/// How a file stands beside its place.
enum Neighbour {
    /// Under a name of its own, which is removed where the file does not take its place.
    Named(TempPath),
    /// Without a name: the system forgets it with the process.
    #[cfg(target_os = "linux")]
    Nameless,
}

impl NewFile {
    /// Room for a file. A link is followed, a file that may not be written is left alone.
    pub fn create(path: &Path) -> Result<NewFile, Failure> {
        let room = || {
            let Some((target, old)) = target(path)? else { return Ok((File::create(path)?, None)) };
            let (file, neighbour) = neighbour(&target, old)?;
            Ok((file, Some((neighbour, target))))
        };
        let (file, beside) = room().map_err(|error| Failure::file(path, &error))?;
        Ok(NewFile { path: path.to_owned(), file: BufWriter::new(file), beside })
    }

    /// Writes a piece.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.file.write_all(bytes).map_err(|error| Failure::file(&self.path, &error))
    }

    /// Takes the old file away before there is a new one.
    pub fn take_old_away(&self) -> Result<(), Failure> {
        let Some((_, target)) = &self.beside else { return Ok(()) };
        match std::fs::remove_file(target) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::file(&self.path, &error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Whether this is one of the files that are read for these paths: a file, or a schedule in a
    /// folder.
    pub fn is_among(&self, read: &[PathBuf]) -> bool {
        let Some((_, target)) = &self.beside else { return false };
        let Ok(target) = target.canonicalize() else { return false };
        let is_schedule = target.extension().is_some_and(|ending| ending == "jalon");
        read.iter().filter_map(|path| path.canonicalize().ok()).any(|path| {
            path == target || (is_schedule && path.is_dir() && target.starts_with(path))
        })
    }

    /// Whether both are to stand in one place.
    pub fn is_in_place_of(&self, other: &NewFile) -> bool {
        let (Some((_, one)), Some((_, other))) = (&self.beside, &other.beside) else {
            return false;
        };
        let place = |target: &Path| {
            let folder = folder_of(target).canonicalize().ok()?;
            Some(folder.join(target.file_name()?))
        };
        place(one).is_some_and(|one| Some(one) == place(other))
    }

    /// Its path, as messages name it.
    pub fn name(&self) -> String {
        plain(&self.path.display().to_string())
    }

    /// Makes sure that everything has arrived, and puts the file in its place.
    pub fn finish(self) -> Result<(), Failure> {
        let NewFile { path, mut file, beside } = self;
        let finished = file.flush().and_then(|()| match beside {
            Some((Neighbour::Named(neighbour), target)) => {
                neighbour.persist(target).map_err(|error| error.error)
            }
            #[cfg(target_os = "linux")]
            Some((Neighbour::Nameless, target)) => nameless::put(file.get_ref(), &target),
            None => Ok(()),
        });
        finished.map_err(|error| Failure::file(&path, &error))
    }
}

/// What is to be replaced, with the permissions that it has if it is there already; none for what
/// is no file.
fn target(path: &Path) -> io::Result<Option<(PathBuf, Option<Permissions>)>> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        // What a link leads to may not be there yet: then the link is all there is to write to.
        Err(_) if path.is_symlink() => return Ok(None),
        Err(_) => path.to_owned(),
    };
    let about = match target.metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Some((target, None))),
        Err(error) => return Err(error),
    };
    // Standard error may well be a file: others write to it, too.
    if !about.is_file() || path.starts_with("/dev") {
        return Ok(None);
    }
    if about.permissions().readonly() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    Ok(Some((target, Some(about.permissions()))))
}

fn folder_of(target: &Path) -> &Path {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// A neighbour with the permissions of the old file, or else those that any new file has.
fn neighbour(target: &Path, old: Option<Permissions>) -> io::Result<(File, Neighbour)> {
    let (file, neighbour) = open_neighbour(folder_of(target))?;
    if let Some(old) = old {
        file.set_permissions(old)?;
    }
    Ok((file, neighbour))
}

fn open_neighbour(folder: &Path) -> io::Result<(File, Neighbour)> {
    #[cfg(target_os = "linux")]
    if let Some(file) = nameless::open(folder)? {
        return Ok((file, Neighbour::Nameless));
    }
    let (file, path) = named(folder)?;
    Ok((file, Neighbour::Named(path)))
}

/// A new file of a name that nobody has.
fn named(folder: &Path) -> io::Result<(File, TempPath)> {
    let named = with_a_name(folder, |path| {
        let mut new = File::options();
        new.read(true).write(true).create_new(true).open(path)
    })?;
    Ok(named.into_parts())
}

/// Makes something of a name that nobody has, which is removed if it is not kept.
fn with_a_name<R>(
    folder: &Path,
    make: impl FnMut(&Path) -> io::Result<R>,
) -> io::Result<tempfile::NamedTempFile<R>> {
    let mut wanted = tempfile::Builder::new();
    // The library names the neighbour in its errors; what the call named is the target.
    wanted.prefix(".jalon-").suffix(".new").make_in(folder, make).map_err(|error| {
        error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
    })
}

/// Files without a name.
#[cfg(target_os = "linux")]
mod nameless {
    use super::with_a_name;
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open as open_at};
    use rustix::io::Errno;
    use std::fs::File;
    use std::io;
    use std::os::fd::AsRawFd;
    use std::path::Path;

    /// Opens one in a folder; none where its file system does not know them, or nothing could give it
    /// its name.
    pub fn open(folder: &Path) -> io::Result<Option<File>> {
        let how = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        match open_at(folder, how, Mode::from_raw_mode(0o666)) {
            Ok(file) => {
                let file = File::from(file);
                Ok(Path::new(&path_of(&file)).exists().then_some(file))
            }
            Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn path_of(file: &File) -> String {
        format!("/proc/self/fd/{}", file.as_raw_fd())
    }

    /// Puts a file in its place. Where something stands there, it takes a name for a moment: no call
    /// gives a file the name of another in one step.
    pub fn put(file: &File, target: &Path) -> io::Result<()> {
        let name = |path: &Path| {
            linkat(CWD, path_of(file), CWD, path, AtFlags::SYMLINK_FOLLOW).map_err(io::Error::from)
        };
        match name(target) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let neighbour = with_a_name(super::folder_of(target), name)?;
                neighbour.into_temp_path().persist(target).map_err(|error| error.error)
            }
            named => named,
        }
    }
}

/// Writes a file, new or anew.
pub fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = NewFile::create(path)?;
    file.write(text.as_bytes())?;
    file.finish()
}

/// Whether something else stands in a place than what may be replaced there: `is_ours` is asked of the first bytes
/// of the file. Where nothing stands, or nothing is in it, nothing would be lost; a device or a pipe loses nothing.
fn is_of_another_kind(path: &Path, is_ours: impl Fn(&[u8]) -> bool) -> Result<bool, Failure> {
    let failed = |error: io::Error| Failure::file(path, &error);
    let about = match path.metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed(error)),
    };
    if !about.is_file() || about.len() == 0 || path.starts_with("/dev") {
        return Ok(false);
    }
    let mut first = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LOOKED_AT).read_to_end(&mut first).map_err(failed)?;
    Ok(!is_ours(&first))
}

/// Refuses to write over a file of which `is_ours` knows nothing: somebody may have written it by hand.
pub fn keep_what_is_there(path: &Path, is_ours: impl Fn(&[u8]) -> bool) -> Result<(), Failure> {
    if !is_of_another_kind(path, is_ours)? {
        return Ok(());
    }
    let path = plain(&path.display().to_string());
    Err(Failure::both(
        format!(
            "{path}: this file is there already, and what it says would be lost: write to another one, or add --force"
        ),
        format!(
            "{path} : ce fichier existe déjà, et ce qu'il dit serait perdu : écrivez dans un autre, ou ajoutez --force"
        ),
    ))
}

/// Refuses to take away a file that no earlier run has written.
pub fn keep_what_no_run_wrote(path: &Path, is_ours: impl Fn(&[u8]) -> bool) -> Result<(), Failure> {
    if !is_of_another_kind(path, is_ours)? {
        return Ok(());
    }
    let path = plain(&path.display().to_string());
    Err(Failure::both(
        format!(
            "{path}: no earlier run has written this file, and what it says would be lost: write to another one, or delete it"
        ),
        format!(
            "{path} : aucun appel antérieur n'a écrit ce fichier, et ce qu'il dit serait perdu : écrivez dans un autre, ou supprimez-le"
        ),
    ))
}

/// Refuses to write over the file that is read.
pub fn keep_apart(read: &Path, written: &Path) -> Result<(), Failure> {
    let same = match (read.canonicalize(), written.canonicalize()) {
        (Ok(read), Ok(written)) => read == written,
        (Err(_), _) | (_, Err(_)) => false,
    };
    if !same {
        return Ok(());
    }
    let written = plain(&written.display().to_string());
    Err(Failure::both(
        format!("{written}: this is the schedule file itself, and would be lost"),
        format!("{written} : c'est le fichier d'échéancier lui-même, et il serait perdu"),
    ))
}
