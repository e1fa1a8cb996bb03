//! One open document: its text as the editor has it, and what is known of it.

use crate::findings::Finding;
use crate::positions::{Encoding, Lines};
use jalon::Compiled;
use jalon::lang::Lang;
use jalon::syntax::ast::File;
use jalon::syntax::{Named, names, parse};
use lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};

/// An open document.
#[derive(Debug)]
pub struct Document {
    /// Its address.
    pub uri: Uri,
    /// Which of its texts this is, as the editor counts.
    pub version: i32,
    /// The text.
    pub text: String,
    /// Its lines.
    pub lines: Lines,
    /// The language of its messages.
    pub lang: Lang,
    /// The tree as written, without what could not be read.
    pub file: Option<File>,
    /// Its names, in order.
    pub names: Vec<Named>,
    /// What is found in it.
    pub findings: Vec<Finding>,
    /// What it means, where it has no errors.
    pub compiled: Option<Compiled>,
    /// Whether a proof of it is still to be made.
    pub proof_due: bool,
}

impl Document {
    /// A text that nobody has looked at yet.
    pub fn new(uri: Uri, version: i32, text: String, encoding: Encoding) -> Document {
        let lines = Lines::new(&text, encoding);
        Document {
            uri,
            version,
            text,
            lines,
            lang: Lang::En,
            file: None,
            names: Vec::new(),
            findings: Vec::new(),
            compiled: None,
            proof_due: false,
        }
    }

    /// Lets the checker read it. A proof is due where it finds no error.
    pub fn check(&mut self) {
        let (report, compiled) = match jalon::compile(self.uri.as_str(), &self.text) {
            Ok(compiled) => (compiled.warnings.clone(), Some(compiled)),
            Err(report) => (report, None),
        };
        self.lang = report.lang;
        let found = report.diagnostics.iter();
        self.findings = found.map(|found| Finding::of_check(found, report.lang)).collect();
        self.proof_due = compiled.is_some();
        self.compiled = compiled;
        let file = parse(&self.text, None).file;
        self.names = names(&file);
        self.file = Some(file);
    }

    /// What is found, as the protocol has it.
    pub fn published(&self, others: bool) -> PublishDiagnosticsParams {
        let one = |finding: &Finding| self.diagnostic(finding, others);
        PublishDiagnosticsParams {
            uri: self.uri.clone(),
            diagnostics: self.findings.iter().map(one).collect(),
            version: Some(self.version),
        }
    }

    /// One finding, as the protocol has it.
    pub fn diagnostic(&self, finding: &Finding, others: bool) -> Diagnostic {
        finding.diagnostic(&self.uri, &self.text, &self.lines, others)
    }
}
