//! The program: reads the clock and the arguments, and turns the outcome into an exit code.

use std::process::ExitCode;

use clap::Parser;
use kronika::cli::{self, Arguments, Exit};

fn main() -> ExitCode {
    if cli::complete(std::env::args_os()) {
        return ExitCode::SUCCESS;
    }
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Done
            };
            // Nobody is left to tell when even this cannot be written.
            let _ = error.print();
            return ExitCode::from(code as u8);
        }
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that knows what day it is"
    )]
    let now = jiff::ZonedDateTime::now();
    let since = now.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let exit = cli::run(arguments, now.date().into(), since).unwrap_or_else(|error| {
        cli::report(&error);
        Exit::of(&error)
    });
    ExitCode::from(exit as u8)
}
