//! Work on a long list by all cores. What comes out does not depend on their number.

use std::ops::Range;
use std::thread;

/// Shorter lists are worked on by one core.
const WORTH_A_THREAD: usize = 2000;

/// Gives what `work` makes of each place of a list of this length, in their order.
pub(super) fn on_all_cores<R: Send>(
    length: usize,
    work: impl Fn(Range<usize>) -> Vec<R> + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = length.div_ceil(cores).max(WORTH_A_THREAD);
    if share >= length {
        return work(0..length);
    }
    let work = &work;
    thread::scope(|scope| {
        let starts = (0..length).step_by(share);
        let running: Vec<_> = starts
            .map(|start| scope.spawn(move || work(start..length.min(start + share))))
            .collect();
        let done = running.into_iter().map(|thread| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        done.flatten().collect()
    })
}
