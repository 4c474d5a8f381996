//! Readers and writers of tokio.

use std::io::{Cursor, SeekFrom};
use std::time::Duration;

use footlights::{CountedBytes, Counter, Manager, Output};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader, duplex};

fn counter() -> Counter {
    Manager::builder().output(Output::None).build().counter().add()
}

#[tokio::test]
async fn bytes_are_counted_as_they_are_copied() {
    let (read, written) = (counter(), counter());
    let mut reader = read.wrap_async_read(Cursor::new(vec![7; 100_000]));
    let mut writer = written.wrap_async_write(Vec::new());
    assert_eq!(tokio::io::copy(&mut reader, &mut writer).await.unwrap(), 100_000);
    assert_eq!((read.count(), written.count(), writer.into_inner().len()), (100_000, 100_000, 100_000));
}

#[tokio::test]
async fn lines_and_seeks() {
    let bar = counter();
    let mut reader = Cursor::new("one\ntwo\nthree\n").counted_bytes(&bar);
    let mut line = String::new();
    reader.read_line(&mut line).await.unwrap();
    assert_eq!((line.as_str(), bar.count()), ("one\n", 4));
    reader.seek(SeekFrom::Start(8)).await.unwrap();
    assert_eq!(bar.count(), 8);
    reader.read_to_string(&mut line).await.unwrap();
    assert_eq!((line.as_str(), bar.count()), ("one\nthree\n", 14));
    reader.rewind().await.unwrap();
    assert_eq!(bar.count(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_read_that_is_dropped_half_way_counts_nothing() {
    let (mut ours, theirs) = duplex(64);
    let bar = counter();
    let mut reader = BufReader::new(theirs.counted_bytes(&bar));
    ours.write_all(b"half").await.unwrap();
    let mut buf = [0; 8];
    let ended = tokio::time::timeout(Duration::from_secs(1), reader.read_exact(&mut buf)).await;
    assert!(ended.is_err());
    assert_eq!(bar.count(), 4);
    drop(ours);
    assert!(reader.read_exact(&mut buf).await.is_err());
    assert_eq!(bar.count(), 4);
}
