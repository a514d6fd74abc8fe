//! The account of an indexing run, and its rejects.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use crate::model::{Account, Reject};

#[derive(Serialize)]
struct Shape {
    schema: &'static str,
    read: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    duplicate: u64,
    rejected: u64,
    removed: u64,
    undated: u64,
}

/// Writes a `kronika.account/1`.
pub fn write_json(account: &Account, out: &mut dyn Write) -> io::Result<()> {
    let shape = Shape {
        schema: "kronika.account/1",
        read: account.read,
        added: account.added,
        updated: account.updated,
        unchanged: account.unchanged,
        duplicate: account.duplicate,
        rejected: account.rejected,
        removed: account.removed,
        undated: account.undated,
    };
    json::write_row(&shape, out)
}

/// Writes the account as the sum it is, then what else is worth knowing.
pub fn write_text(account: &Account, out: &mut dyn Write) -> io::Result<()> {
    let Account {
        read,
        added,
        updated,
        unchanged,
        duplicate,
        rejected,
        removed,
        undated,
    } = account;
    writeln!(
        out,
        "read {read} = added {added} + updated {updated} + unchanged {unchanged} + duplicate \
         {duplicate} + rejected {rejected}"
    )?;
    if *removed > 0 {
        writeln!(out, "removed {removed} whose file is gone")?;
    }
    if *undated > 0 {
        writeln!(out, "undated {undated}")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct RejectShape<'a> {
    schema: &'static str,
    path: &'a str,
    record: Option<u64>,
    line: Option<u64>,
    byte: Option<u64>,
    reason: &'a str,
}

/// Writes a `kronika.reject/1` on a line of its own.
pub fn write_reject(reject: &Reject, out: &mut dyn Write) -> io::Result<()> {
    let shape = RejectShape {
        schema: "kronika.reject/1",
        path: &reject.path,
        record: reject.record,
        line: reject.line,
        byte: reject.byte,
        reason: &reject.reason,
    };
    json::write_row(&shape, out)
}
