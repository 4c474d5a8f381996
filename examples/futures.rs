//! A stream whose items are worked on several at a time, counted by a bar.
//!
//! `cargo run --features futures --example futures`

use std::thread;
use std::time::Duration;

use footlights::{CountedStream, Manager};
use futures::executor::block_on;
use futures::{StreamExt, stream};

fn main() {
    let manager = Manager::new();
    let pages = manager.counter().total(60).desc("Pages").unit("pages").color("cyan").add();
    let letters: usize = block_on(async {
        stream::iter(0..60).map(fetch).buffer_unordered(4).counted(&pages).fold(0, async |sum, n| sum + n).await
    });
    drop(pages);
    manager.stop();
    println!("{letters} letters");
}

/// Stands for a request to a server.
async fn fetch(page: usize) -> usize {
    thread::sleep(Duration::from_millis(30));
    if page % 20 == 0 {
        println!("page {page} is a chapter"); // appears above the bar
    }
    page * 10
}
