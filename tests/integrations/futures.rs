//! Streams, readers and writers of the futures crate.

use std::pin::pin;

use footlights::{CountedBytes, CountedStream, Counter, Manager, Output};
use futures::executor::block_on;
use futures::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt, Cursor};
use futures::{StreamExt, stream};

fn counter() -> Counter {
    Manager::builder().output(Output::None).build().counter().add()
}

#[test]
fn an_item_is_counted_when_the_next_one_is_asked_for() {
    block_on(async {
        let bar = counter();
        let mut items = stream::iter([1, 2, 3]).counted(&bar);
        assert_eq!((items.next().await, bar.count()), (Some(1), 0));
        assert_eq!((items.next().await, bar.count()), (Some(2), 1));
        assert_eq!(items.map(|n| n * 2).collect::<Vec<_>>().await, [6]);
        assert_eq!(bar.count(), 3);
    });
}

#[test]
fn a_stream_that_must_be_pinned() {
    block_on(async {
        let bar = counter();
        let squares = pin!(stream::iter(0..4).then(async |n| n * n));
        assert_eq!(bar.wrap_stream(squares).collect::<Vec<_>>().await, [0, 1, 4, 9]);
        assert_eq!(bar.count(), 4);
    });
}

#[test]
fn a_stream_that_is_left_early() {
    block_on(async {
        let bar = counter();
        let part: Vec<_> = stream::iter(0..100).counted(&bar).take(10).collect().await;
        assert_eq!(part.len(), 10);
        assert!((9..=10).contains(&bar.count()), "{}", bar.count());
    });
}

/// As with iterators: a combinator that knows when it ends does not ask again.
#[test]
fn the_last_item_of_all_is_counted() {
    block_on(async {
        let bar = counter();
        assert_eq!(stream::iter(0..4).counted(&bar).take(4).collect::<Vec<_>>().await, [0, 1, 2, 3]);
        assert_eq!(bar.count(), 4);
    });
}

#[test]
fn bytes() {
    block_on(async {
        let (read, written) = (counter(), counter());
        let mut reader = read.wrap_async_read(Cursor::new(vec![7; 10_000]));
        let mut writer = Vec::new().counted_bytes(&written);
        futures::io::copy(&mut reader, &mut writer).await.unwrap();
        writer.close().await.unwrap();
        assert_eq!((read.count(), written.count()), (10_000, 10_000));
        reader.seek(std::io::SeekFrom::Start(100)).await.unwrap();
        assert_eq!(read.count(), 100);
        reader.read_to_end(&mut Vec::new()).await.unwrap();
        assert_eq!(read.count(), 10_000);
    });
}
