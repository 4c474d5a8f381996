//! A copy between two tasks of tokio, counted in bytes.
//!
//! `cargo run --features tokio --example tokio`

use std::time::Duration;

use footlights::{CounterStyle, Manager};
use tokio::io::{AsyncWriteExt, duplex, sink};

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    const SIZE: u64 = 40 * 64 * 1024;
    let manager = Manager::new();
    let bar = manager.counter().style(&CounterStyle::download()).total(SIZE).desc("Receiving").add();

    let (mut ours, theirs) = duplex(64 * 1024);
    let sender = async move {
        for n in 1..=40 {
            ours.write_all(&[0; 64 * 1024]).await?;
            if n % 10 == 0 {
                println!("{n} blocks sent"); // appears above the bar
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Ok::<_, std::io::Error>(())
    };
    let mut received = bar.wrap_async_read(theirs);
    let mut nowhere = sink();
    let (sent, copied) = tokio::join!(sender, tokio::io::copy(&mut received, &mut nowhere));
    sent.and(copied.map(drop))
}
