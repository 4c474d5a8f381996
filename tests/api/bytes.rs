//! Readers and writers that are wrapped and counted.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, IoSlice, Read, Seek, SeekFrom, Write};

use footlights::{CountedBytes, Counter};

use crate::hidden::counter;

/// Fails at the third call.
struct Failing(u32);

impl Read for Failing {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.0 += 1;
        if self.0 == 3 { Err(io::ErrorKind::Other.into()) } else { Ok(buf.len()) }
    }
}

#[test]
fn bytes_are_counted_as_they_are_read() -> io::Result<()> {
    let bar = counter();
    let mut reader = bar.wrap_read(&b"some text"[..]);
    let mut buf = [0; 4];
    reader.read_exact(&mut buf)?;
    assert_eq!((&buf, bar.count()), (b"some", 4));
    let mut rest = String::new();
    reader.read_to_string(&mut rest)?;
    assert_eq!((&*rest, bar.count()), (" text", 9));
    Ok(())
}

#[test]
fn lines_are_counted_as_they_are_consumed() -> io::Result<()> {
    let bar = counter();
    let lines: Vec<String> = "a\nbc\n\nd".as_bytes().counted_bytes(&bar).lines().collect::<io::Result<_>>()?;
    assert_eq!((lines.concat().as_str(), bar.count()), ("abcd", 7));
    // Behind a buffer, what the buffer has taken is counted.
    let bar = counter();
    let mut reader = BufReader::with_capacity(16, bar.wrap_read(&[b'x'; 100][..]));
    reader.read_exact(&mut [0; 1])?;
    assert_eq!(bar.count(), 16);
    Ok(())
}

#[test]
fn bytes_are_counted_as_they_are_written() -> io::Result<()> {
    let bar = counter();
    let mut writer = bar.wrap_write(Vec::new());
    writer.write_all(b"some ")?;
    assert_eq!(writer.write_vectored(&[IoSlice::new(b"te"), IoSlice::new(b"xt")])?, 4);
    writer.flush()?;
    assert_eq!((writer.get_ref().as_slice(), bar.count()), (&b"some text"[..], 9));
    // What did not fit is not counted.
    let mut room = [0; 3];
    let mut full = room.as_mut_slice().counted_bytes(&bar);
    assert_eq!(full.write(b"12345")?, 3);
    assert!(full.write_all(b"12345").is_err());
    assert_eq!(bar.count(), 12);
    Ok(())
}

#[test]
fn an_error_loses_no_count() {
    let bar = counter();
    let copied = io::copy(&mut bar.wrap_read(Failing(0)).take(1 << 20), &mut io::sink());
    assert!(copied.is_err());
    assert!(bar.count() > 0 && bar.count() % 2 == 0, "{}", bar.count());
}

#[test]
fn a_seek_moves_the_count() -> io::Result<()> {
    let bar = counter();
    bar.inc(1000);
    let mut reader = bar.wrap_read(Cursor::new([0; 100]));
    for (to, position, count) in [
        (SeekFrom::Start(40), 40, 1040),
        (SeekFrom::End(0), 100, 1100),
        (SeekFrom::Current(-90), 10, 1010),
        (SeekFrom::Start(0), 0, 1000),
    ] {
        assert_eq!((reader.seek(to)?, bar.count()), (position, count), "{to:?}");
    }
    assert!(reader.seek(SeekFrom::Current(-1)).is_err());
    assert_eq!((reader.stream_position()?, bar.count()), (0, 1000));
    // What was counted stays when the wrapper is dropped.
    reader.read_exact(&mut [0; 7])?;
    drop(reader);
    assert_eq!(bar.count(), 1007);
    Ok(())
}

#[test]
fn two_readers_of_one_bar() -> io::Result<()> {
    let bar = counter();
    let failed = bar.segment("failed").add();
    let (mut one, mut two) = (bar.wrap_read(io::repeat(0)), failed.wrap_read(io::repeat(0)));
    for _ in 0..3 {
        one.read_exact(&mut [0; 5])?;
        two.read_exact(&mut [0; 2])?;
    }
    assert_eq!((bar.count(), failed.count()), (21, 6));
    Ok(())
}

#[test]
fn the_total_of_a_file() -> io::Result<()> {
    let path = std::env::temp_dir().join(format!("footlights-{}", std::process::id()));
    std::fs::write(&path, [0; 1234])?;
    // The null device by its name on Unix, then on Windows.
    let null = File::open("/dev/null").or_else(|_| File::open("NUL"))?;
    let totals = [File::open(&path)?, null].map(|file| {
        let bar: Counter = footlights::Manager::new().counter().total(&file).add();
        bar.total()
    });
    std::fs::remove_file(&path)?;
    assert_eq!(totals, [Some(1234), None]);
    Ok(())
}
