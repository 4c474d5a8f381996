//! A download that is fast, stalls, and is then slow. The bar shows amounts of bytes, and a
//! remaining time that follows the current rate. The data comes from a local socket.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, sleep};
use std::time::Duration;

use footlights::{CounterStyle, Manager};

const SIZE: usize = 96 << 20;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || listener.accept().and_then(|(stream, _)| serve(stream)));

    let manager = Manager::new();
    let style = CounterStyle::download().color("green");
    let bar = manager.counter().style(&style).total(SIZE).desc("lights.iso").add();
    println!("from {address}");

    let mut stream = TcpStream::connect(address)?;
    let mut buf = vec![0; 64 << 10];
    loop {
        match stream.read(&mut buf)? {
            0 => break,
            n => bar.inc(n as u64),
        }
    }
    println!("{} bytes received", bar.count());
    Ok(())
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    let chunk = vec![0; SIZE / 384];
    for n in 0..384 {
        let pause = match n {
            0..200 => 10,
            200 => 2500,
            _ => 20,
        };
        sleep(Duration::from_millis(pause));
        stream.write_all(&chunk)?;
    }
    Ok(())
}
