//! C's stdio, which may hold output of its own.

/// Flushes C's stdout. Only stdout: stderr is not buffered, and a flush of all files would wait for
/// a thread that reads stdin.
pub(crate) fn flush_c_stdout() {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple", target_os = "freebsd"))]
    {
        unsafe extern "C" {
            #[cfg_attr(any(target_vendor = "apple", target_os = "freebsd"), link_name = "__stdoutp")]
            static stdout: *mut libc::FILE;
        }
        // SAFETY: it exists from the start to the end of the process, and fflush takes its lock.
        unsafe { libc::fflush(stdout) };
    }
}
