//! Runs code before `std::process::exit`.
//!
//! On Windows, std calls `ExitProcess`, and that ends all other threads before anything else
//! happens: the terminal thread could write nothing more, and what was printed a moment ago would
//! be lost. No function of the system runs code before. So the one place through which this module
//! of the program calls `ExitProcess`, its import table, is made to call us first. Only the table of
//! the module that contains this crate (and so std) is changed. If the entry is not found, a
//! program that calls `exit` loses what is not on the console yet, as if it was terminated.

use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Once, OnceLock};
use std::{mem, ptr};

use windows_sys::Win32::System::Diagnostics::Debug::IMAGE_DIRECTORY_ENTRY_IMPORT;
#[cfg(target_pointer_width = "32")]
use windows_sys::Win32::System::Diagnostics::Debug::IMAGE_NT_HEADERS32 as NtHeaders;
#[cfg(target_pointer_width = "64")]
use windows_sys::Win32::System::Diagnostics::Debug::IMAGE_NT_HEADERS64 as NtHeaders;
use windows_sys::Win32::System::LibraryLoader::{
    GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, GetModuleHandleExW,
    GetModuleHandleW, GetProcAddress,
};
use windows_sys::Win32::System::Memory::{PAGE_READWRITE, VirtualProtect};
use windows_sys::Win32::System::SystemServices::{IMAGE_DOS_HEADER, IMAGE_IMPORT_DESCRIPTOR};

type ExitProcess = unsafe extern "system" fn(status: u32) -> !;

/// What runs before.
static BEFORE: OnceLock<fn(u32)> = OnceLock::new();

/// The system's `ExitProcess`.
static ORIGINAL: OnceLock<ExitProcess> = OnceLock::new();

/// Calls `run` with the exit status before `ExitProcess`, while all threads still run.
pub(super) fn before(run: fn(u32)) {
    let name = windows_sys::core::w!("kernel32.dll");
    // SAFETY: both names end with a NUL. The library is never unloaded.
    let Some(original) = (unsafe { GetProcAddress(GetModuleHandleW(name), windows_sys::core::s!("ExitProcess")) })
    else {
        return;
    };
    // SAFETY: this is the signature of `ExitProcess`.
    let function = unsafe { mem::transmute::<unsafe extern "system" fn() -> isize, ExitProcess>(original) };
    if ORIGINAL.set(function).is_ok() && BEFORE.set(run).is_ok() {
        replace_imports(original as usize, on_exit_process as *const () as usize);
    }
}

/// What this module calls instead of `ExitProcess`.
unsafe extern "system" fn on_exit_process(status: u32) -> ! {
    static ONCE: Once = Once::new();
    // A second thread that calls `exit` waits here until the first one is done.
    ONCE.call_once(|| {
        if let Some(run) = BEFORE.get() {
            run(status);
        }
    });
    match ORIGINAL.get() {
        // SAFETY: it takes a number.
        Some(original) => unsafe { original(status) },
        None => std::process::abort(), // cannot be: it was set before the import was replaced
    }
}

/// Replaces an address in the import table of the module that contains this function.
fn replace_imports(original: usize, replacement: usize) {
    let mut module = ptr::null_mut();
    let flags = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT;
    let inside = replace_imports as *const () as *const u16;
    // SAFETY: the address is one of this module, and one handle is written, which it is given.
    if unsafe { GetModuleHandleExW(flags, inside, &raw mut module) } == 0 {
        return;
    }
    let base = module.cast::<u8>().cast_const();
    // SAFETY: a module's handle is the address of its image, which starts with these headers and is
    // mapped as long as the module is. All offsets in it count from there, and it was checked by the
    // loader. Each list ends with an entry of zeros.
    unsafe {
        let dos = base.cast::<IMAGE_DOS_HEADER>().read_unaligned();
        let headers = base.offset(dos.e_lfanew as isize).cast::<NtHeaders>().read_unaligned();
        let imports = headers.OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT as usize];
        if imports.VirtualAddress == 0 {
            return;
        }
        let mut library = base.add(imports.VirtualAddress as usize).cast::<IMAGE_IMPORT_DESCRIPTOR>();
        while (*library).FirstThunk != 0 {
            let mut entry = base.add((*library).FirstThunk as usize).cast::<AtomicUsize>();
            while (*entry).load(Relaxed) != 0 {
                if (*entry).load(Relaxed) == original {
                    replace(entry, replacement);
                }
                entry = entry.add(1);
            }
            library = library.add(1);
        }
    }
}

/// Writes to an entry of the import table, which is read-only.
///
/// # Safety
///
/// `entry` must be an entry of the import table of a module that stays loaded.
unsafe fn replace(entry: *const AtomicUsize, address: usize) {
    let (page, size, mut before) = (entry.cast::<c_void>(), size_of::<usize>(), 0);
    // SAFETY: the entry is mapped, and the system reads and writes one number, which it is given.
    // Other threads may read the entry meanwhile: it is written in one piece.
    unsafe {
        if VirtualProtect(page, size, PAGE_READWRITE, &raw mut before) != 0 {
            (*entry).store(address, Relaxed);
            VirtualProtect(page, size, before, &raw mut before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{self, Command};

    /// Prints on another thread, which must still run.
    fn print(status: u32) {
        let printer = std::thread::spawn(move || println!("exits with {status}"));
        let _ = printer.join();
    }

    /// In a process of its own, which exits.
    #[test]
    fn code_runs_before_an_exit_while_other_threads_run() {
        const CHILD: &str = "FOOTLIGHTS_TEST_OF_EXIT";
        if std::env::var_os(CHILD).is_some() {
            before(print);
            process::exit(7);
        }
        let name = "code_runs_before_an_exit_while_other_threads_run";
        let mut program = Command::new(std::env::current_exe().expect("a path"));
        let output = program.args(["--nocapture", name]).env(CHILD, "1").output().expect("a child");
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!((output.status.code(), text.matches("exits with 7").count()), (Some(7), 1), "{text}");
    }
}
