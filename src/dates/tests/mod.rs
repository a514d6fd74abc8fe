//! What dates mean: by example, and by laws.

mod corpus;
mod laws;
