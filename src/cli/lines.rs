//! Lines of standard input, answered by several threads and told in the order they came.

use std::io::{self, BufRead, Write};
use std::num::NonZero;
use std::thread;

use crossbeam_channel::{Receiver, Sender, TryRecvError, bounded, select};

use super::output;
use crate::model::Span;
use crate::{Error, Mistake, Result};

/// More threads than that are of no use to a disk.
const MOST_THREADS: usize = 16;
/// So many lines for each thread may be read before the first of them is answered.
const AHEAD: usize = 16;
/// So many bytes of an answer are handed on at once.
const PIECE: usize = 1 << 16;
/// So many pieces of an answer wait for those before it.
const PIECES: usize = 4;

/// One line that is not empty.
#[derive(Debug)]
pub(super) struct Line {
    /// Which it is, from 1.
    pub(super) number: u64,
    bytes: Vec<u8>,
}

impl Line {
    /// What it says.
    pub(super) fn text(&self) -> Result<&str, Mistake> {
        std::str::from_utf8(&self.bytes).map_err(|error| {
            let start = error.valid_up_to();
            Mistake {
                text: String::from_utf8_lossy(&self.bytes).into_owned(),
                span: Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8()),
                message: "not UTF-8".to_owned(),
                hint: Some("save the questions as UTF-8".to_owned()),
            }
        })
    }
}

/// A part of an answer.
enum Piece<T> {
    /// For standard output.
    Data(Vec<u8>),
    /// For standard error.
    Note(String),
    /// There is no more of it.
    End(Result<T>),
}

/// An answer that is being written.
pub(super) struct Answer<T> {
    data: Vec<u8>,
    pieces: Sender<Piece<T>>,
}

impl<T> Answer<T> {
    /// Says something that is not data on standard error, after what is written so far.
    pub(super) fn note(&mut self, text: String) -> Result<()> {
        self.flush()
            .and_then(|()| self.send(Piece::Note(text)))
            .map_err(output::failed)
    }

    fn send(&self, piece: Piece<T>) -> io::Result<()> {
        let sent = self.pieces.send(piece);
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl<T> Write for Answer<T> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.data.extend(bytes);
        if self.data.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.data.is_empty() {
            return Ok(());
        }
        let data = std::mem::take(&mut self.data);
        self.send(Piece::Data(data))
    }
}

/// A line, and where its answer goes.
type Question<T> = (Line, Sender<Piece<T>>);

/// Calls `answer` with each line of standard input, in several threads that have a state each, and
/// `end` with what it gave, in the order of the lines.
///
/// What is written goes to standard output at once where the next answer is not there yet, so that
/// a program may wait for one before it asks for another. No answer is ever held as a whole.
pub(super) fn answer_each<S, T: Send + 'static>(
    state: impl Fn() -> S + Sync,
    answer: impl Fn(&mut S, &Line, &mut Answer<T>) -> Result<T> + Sync,
    mut end: impl FnMut(T),
) -> Result<()> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(MOST_THREADS);
    let (ask, questions) = bounded::<Question<T>>(threads);
    let (promise, promised) = bounded(threads * AHEAD);
    // It may wait for a line that never comes: nobody waits for it.
    thread::Builder::new()
        .spawn(move || read(&ask, &promise))
        .map_err(failed)?;
    thread::scope(|scope| {
        let (working, stop) = bounded::<()>(0);
        for _ in 0..threads {
            let (questions, stop) = (questions.clone(), stop.clone());
            let (state, answer) = (&state, &answer);
            scope.spawn(move || {
                let mut state = state();
                while let Some((line, pieces)) = next(&questions, &stop) {
                    let data = Vec::new();
                    let mut written = Answer { data, pieces };
                    let outcome = answer(&mut state, &line, &mut written);
                    // Where nobody listens any more, the writer knows why.
                    let _ = written.flush();
                    let _ = written.send(Piece::End(outcome));
                }
            });
        }
        let told = tell(&promised, &mut end);
        // Lets the threads go, also those that wait for a question.
        drop((working, promised));
        told
    })
}

fn next<T>(questions: &Receiver<Question<T>>, stop: &Receiver<()>) -> Option<Question<T>> {
    select! {
        recv(questions) -> question => question.ok(),
        recv(stop) -> _ => None,
    }
}

/// Reads lines until there are no more, or nobody wants them.
fn read<T>(ask: &Sender<Question<T>>, promise: &Sender<Receiver<Piece<T>>>) {
    let mut input = io::stdin().lock();
    for number in 1.. {
        let mut bytes = Vec::new();
        let (pieces, answer) = bounded(PIECES);
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                // The channel is new and has room.
                let _ = pieces.send(Piece::End(Err(failed(error))));
                let _ = promise.send(answer);
                return;
            }
        }
        if number == 1 && bytes.starts_with("\u{feff}".as_bytes()) {
            bytes.drain(.."\u{feff}".len());
        }
        for end in [b'\n', b'\r'] {
            bytes.pop_if(|last| *last == end);
        }
        if String::from_utf8_lossy(&bytes).trim().is_empty() {
            continue;
        }
        let line = Line { number, bytes };
        if promise.send(answer).is_err() || ask.send((line, pieces)).is_err() {
            return;
        }
    }
}

/// Writes the answers in the order they were promised.
fn tell<T>(promised: &Receiver<Receiver<Piece<T>>>, end: &mut impl FnMut(T)) -> Result<()> {
    let mut out = output::stdout();
    while let Some(pieces) = wait(promised, &mut out)? {
        while let Some(piece) = wait(&pieces, &mut out)? {
            match piece {
                Piece::Data(data) => out.write_all(&data).map_err(output::failed)?,
                Piece::Note(text) => {
                    out.flush().map_err(output::failed)?;
                    output::note(&text);
                }
                Piece::End(outcome) => {
                    end(outcome?);
                    break;
                }
            }
        }
    }
    out.flush().map_err(output::failed)
}

/// What comes next. Whatever was written is shown before anybody has to wait.
fn wait<T>(receiver: &Receiver<T>, out: &mut impl Write) -> Result<Option<T>> {
    match receiver.try_recv() {
        Ok(next) => Ok(Some(next)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            out.flush().map_err(output::failed)?;
            Ok(receiver.recv().ok())
        }
    }
}

fn failed(source: io::Error) -> Error {
    Error::Io {
        path: "standard input".into(),
        source,
    }
}
