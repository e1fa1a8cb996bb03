//! The core: one message in, the messages that answer it out.

use crate::documents::Document;
use crate::findings::{quick_fix, text_edit};
use crate::positions::Encoding;
use crate::proofs::{Proof, Proved};
use crate::protocol::{
    Answer, failure, guarded, json, notification, params, response, show, show_failure,
};
use crate::{changes, colours, completion, hover, lenses, naming, outline};
use jalon::lang::Lang;
use jalon::syntax::{FormatError, format};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, ResponseError};
use lsp_types::{
    ApplyWorkspaceEditParams, CodeAction, CodeActionKind, CodeActionOptions, CodeActionOrCommand,
    CodeActionParams, CodeActionProviderCapability, CodeLensOptions, CodeLensParams, Command,
    CompletionOptions, CompletionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DocumentFormattingParams, DocumentSymbolParams,
    ExecuteCommandOptions, ExecuteCommandParams, GotoDefinitionParams, HoverParams,
    HoverProviderCapability, InitializeResult, MessageType, OneOf, Position, PositionEncodingKind,
    PublishDiagnosticsParams, ReferenceParams, RenameOptions, RenameParams, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams,
    SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, Uri, WorkDoneProgressOptions, WorkspaceEdit,
};
use serde_json::{Value, json as object};
use std::collections::BTreeMap;

/// Writes a document anew in the other vocabulary, or in the one of its second argument.
pub const TRANSLATE: &str = "jalon.translate";
/// Runs the scenario that begins at a byte of a document.
pub const RUN: &str = "jalon.runScenario";
/// Tells the case that a finding of a document was shown by, by its number.
pub const CASE: &str = "jalon.showCase";

/// What the client has said of itself.
#[derive(Clone, Copy, Debug, Default)]
struct Client {
    encoding: Encoding,
    /// Whether it takes other places of a diagnostic.
    others: bool,
    /// Whether it makes edits that it is sent.
    applies: bool,
    /// Whether it takes an outline as a tree.
    trees: bool,
    /// Whether it shows by itself what commands come to.
    shows: bool,
}

/// How far the conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Before,
    Open,
    ShutDown,
    /// And whether in order.
    Ended(bool),
}

/// A language server, on no connection yet.
///
/// It holds the texts of the open documents, and what is found in them. A failure of the program on one message is
/// answered and shown, and the server goes on.
#[derive(Debug, Default)]
pub struct Server {
    client: Client,
    phase: Phase,
    documents: BTreeMap<String, Document>,
    /// How many requests the client was sent.
    asked: i32,
}

impl Server {
    /// Answers one message.
    pub fn receive(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Request(request) => {
                let (id, method) = (request.id.clone(), request.method.clone());
                let answers = guarded(|| self.request(request));
                answers.unwrap_or_else(|| {
                    let failed =
                        failure(ErrorCode::InternalError, "the program failed on this request");
                    show_failure(&method).into_iter().chain([response(id, Err(failed))]).collect()
                })
            }
            Message::Notification(notification) => {
                let method = notification.method.clone();
                let answers = guarded(|| self.notification(notification));
                answers.unwrap_or_else(|| show_failure(&method).into_iter().collect())
            }
            Message::Response(response) => match response.response_result {
                Ok(_) => Vec::new(),
                Err(error) => show(MessageType::WARNING, error.message).into_iter().collect(),
            },
        }
    }

    /// Whether the client has said `exit`, and then whether it had said `shutdown` before.
    pub fn ended(&self) -> Option<bool> {
        match self.phase {
            Phase::Ended(in_order) => Some(in_order),
            Phase::Before | Phase::Open | Phase::ShutDown => None,
        }
    }

    /// A proof that is still to be made of a text, once.
    pub fn proof_due(&mut self) -> Option<Proof> {
        let document = self.documents.values_mut().find(|document| document.proof_due)?;
        document.proof_due = false;
        let compiled = document.compiled.clone()?;
        let uri = document.uri.as_str().to_owned();
        Some(Proof { uri, version: document.version, compiled })
    }

    /// Takes what came of a proof; nothing, if the text has changed since.
    pub fn proved(&mut self, proved: Proved) -> Vec<Message> {
        let Some(document) = self.documents.get_mut(&proved.uri) else { return Vec::new() };
        if document.version != proved.version {
            return Vec::new();
        }
        match proved.findings {
            Some(findings) => {
                document.findings = findings;
                self.publish(&proved.uri)
            }
            None => show_failure("a proof").into_iter().collect(),
        }
    }

    fn request(&mut self, request: Request) -> Vec<Message> {
        let Request { id, method, params } = request;
        match (self.phase, method.as_str()) {
            (Phase::Before, "initialize") => {
                let answer = self.initialize(&params);
                vec![response(id, answer)]
            }
            (Phase::Before, _) => {
                let error = failure(ErrorCode::ServerNotInitialized, "`initialize` comes first");
                vec![response(id, Err(error))]
            }
            (Phase::Open, "shutdown") => {
                self.phase = Phase::ShutDown;
                vec![response(id, Ok(Value::Null))]
            }
            (Phase::Open, "workspace/executeCommand") => self.execute(id, params),
            (Phase::Open, method) => vec![response(id, self.answer(method, params))],
            (Phase::ShutDown | Phase::Ended(_), _) => {
                let error = failure(ErrorCode::InvalidRequest, "nothing comes after `shutdown`");
                vec![response(id, Err(error))]
            }
        }
    }

    fn notification(&mut self, notification: Notification) -> Vec<Message> {
        let Notification { method, params } = notification;
        let outcome = match (self.phase, method.as_str()) {
            (phase, "exit") => {
                self.phase = Phase::Ended(phase == Phase::ShutDown);
                return Vec::new();
            }
            (Phase::Open, "textDocument/didOpen") => self.opened(params),
            (Phase::Open, "textDocument/didChange") => self.changed(params),
            (Phase::Open, "textDocument/didClose") => self.closed(params),
            // What is not known may be left unanswered, if it asks nothing.
            _ => return Vec::new(),
        };
        outcome.unwrap_or_else(|error| {
            let message = format!("{method}: {}", error.message);
            show(MessageType::ERROR, message).into_iter().collect()
        })
    }

    fn answer(&self, method: &str, given: Value) -> Answer {
        match method {
            "textDocument/codeAction" => json(self.code_actions(params(given)?)?),
            "textDocument/formatting" => json(self.formatting(params(given)?)?),
            "textDocument/documentSymbol" => self.outline(params(given)?),
            "textDocument/semanticTokens/full" => {
                let given: SemanticTokensParams = params(given)?;
                let document = self.document(&given.text_document.uri)?;
                let data = colours::tokens(document, &document.names);
                json(SemanticTokens { result_id: None, data })
            }
            "textDocument/completion" => {
                let (document, place) =
                    self.place(params::<CompletionParams>(given)?.text_document_position)?;
                json(completion::proposals(document, place))
            }
            "textDocument/hover" => {
                let given: HoverParams = params(given)?;
                let (document, place) = self.place(given.text_document_position_params)?;
                json(hover::hover(document, place))
            }
            "textDocument/codeLens" => {
                let given: CodeLensParams = params(given)?;
                json(lenses::lenses(self.document(&given.text_document.uri)?))
            }
            "textDocument/definition" => {
                let given: GotoDefinitionParams = params(given)?;
                let (document, place) = self.place(given.text_document_position_params)?;
                json(naming::stated(document, &document.names, place))
            }
            "textDocument/references" => {
                let given: ReferenceParams = params(given)?;
                let (document, place) = self.place(given.text_document_position)?;
                let stated = given.context.include_declaration;
                json(naming::everywhere(document, &document.names, place, stated))
            }
            "textDocument/prepareRename" => {
                let (document, place) = self.place(params(given)?)?;
                json(naming::renamed(document, &document.names, place))
            }
            "textDocument/rename" => {
                let given: RenameParams = params(given)?;
                let (document, place) = self.place(given.text_document_position)?;
                json(naming::rename(document, &document.names, place, &given.new_name)?)
            }
            #[cfg(test)]
            "test/fail" => std::panic::panic_any("asked to fail"),
            _ => Err(failure(ErrorCode::MethodNotFound, format!("`{method}` is not served"))),
        }
    }

    fn initialize(&mut self, given: &Value) -> Answer {
        // Of all that a client says it can, these are looked at, each by itself: one that says another thing otherwise
        // than the protocol has it is served all the same.
        let says = |place: &str| given.pointer(place).and_then(Value::as_bool) == Some(true);
        let offered = given.pointer("/capabilities/general/positionEncodings");
        let offered: Option<Vec<PositionEncodingKind>> =
            offered.and_then(|offered| serde_json::from_value(offered.clone()).ok());
        self.client = Client {
            encoding: Encoding::agreed(&offered.unwrap_or_default()),
            others: says("/capabilities/textDocument/publishDiagnostics/relatedInformation"),
            trees: says(
                "/capabilities/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport",
            ),
            shows: says("/initializationOptions/showsResults"),
            applies: says("/capabilities/workspace/applyEdit"),
        };
        self.phase = Phase::Open;
        json(InitializeResult {
            capabilities: capabilities_of_server(self.client.encoding),
            server_info: Some(ServerInfo {
                name: "jalon-language-server".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        })
    }

    fn opened(&mut self, given: Value) -> Result<Vec<Message>, ResponseError> {
        let given: DidOpenTextDocumentParams = params(given)?;
        let opened = given.text_document;
        Ok(self.read(opened.uri, opened.version, opened.text))
    }

    fn changed(&mut self, given: Value) -> Result<Vec<Message>, ResponseError> {
        let given: DidChangeTextDocumentParams = params(given)?;
        let document = given.text_document;
        let in_part = given.content_changes.iter().any(|change| change.range.is_some());
        let Some(change) = given.content_changes.into_iter().next_back().filter(|_| !in_part)
        else {
            let why = "a change brings the whole text, as this server asks";
            return Err(failure(ErrorCode::InvalidParams, why));
        };
        Ok(self.read(document.uri, document.version, change.text))
    }

    fn closed(&mut self, given: Value) -> Result<Vec<Message>, ResponseError> {
        let given: DidCloseTextDocumentParams = params(given)?;
        let uri = given.text_document.uri;
        self.documents.remove(uri.as_str());
        let nothing = PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None };
        Ok(published(nothing))
    }

    /// Takes the text of a document, lets it be checked, and says what is found.
    fn read(&mut self, uri: Uri, version: i32, text: String) -> Vec<Message> {
        let name = uri.as_str().to_owned();
        let document = Document::new(uri, version, text, self.client.encoding);
        // It is kept before it is read: whatever comes of that, its text is the one that the editor has.
        self.documents.insert(name.clone(), document);
        if let Some(document) = self.documents.get_mut(&name) {
            document.check();
        }
        self.publish(&name)
    }

    fn publish(&self, uri: &str) -> Vec<Message> {
        let Some(document) = self.documents.get(uri) else { return Vec::new() };
        published(document.published(self.client.others))
    }

    fn document(&self, uri: &Uri) -> Result<&Document, ResponseError> {
        let unknown = || failure(ErrorCode::InvalidParams, "this document is not open");
        self.documents.get(uri.as_str()).ok_or_else(unknown)
    }

    fn place(
        &self,
        given: TextDocumentPositionParams,
    ) -> Result<(&Document, Position), ResponseError> {
        Ok((self.document(&given.text_document.uri)?, given.position))
    }

    fn outline(&self, given: DocumentSymbolParams) -> Answer {
        let document = self.document(&given.text_document.uri)?;
        let Some(file) = &document.file else { return Ok(Value::Null) };
        if self.client.trees {
            json(outline::tree(document, file))
        } else {
            json(outline::list(document, file))
        }
    }

    /// The fixes for what is found in a range, and the translation.
    fn code_actions(
        &self,
        given: CodeActionParams,
    ) -> Result<Vec<CodeActionOrCommand>, ResponseError> {
        let document = self.document(&given.text_document.uri)?;
        let (text, lines) = (&document.text, &document.lines);
        let wanted = |kind: &CodeActionKind| {
            given.context.only.as_ref().is_none_or(|only| {
                only.iter().any(|asked| {
                    let (kind, asked) = (kind.as_str(), asked.as_str());
                    kind == asked
                        || kind.strip_prefix(asked).is_some_and(|rest| rest.starts_with('.'))
                })
            })
        };
        let mut actions = Vec::new();
        if wanted(&CodeActionKind::QUICKFIX) {
            let touched = document
                .findings
                .iter()
                .filter(|finding| finding.touches(text, lines, &given.range));
            actions.extend(touched.filter_map(|finding| {
                let (title, edit) = finding.fix.as_ref()?;
                let edit = changes::of_document(&document.uri, vec![text_edit(edit, text, lines)]);
                let diagnostic = document.diagnostic(finding, self.client.others);
                Some(CodeActionOrCommand::CodeAction(quick_fix(title, diagnostic, edit)))
            }));
        }
        if let Some(compiled) =
            document.compiled.as_ref().filter(|_| wanted(&CodeActionKind::REFACTOR_REWRITE))
        {
            let (into, title) = match compiled.source_lang {
                Lang::En => (Lang::Fr, "Traduire en français"),
                Lang::Fr => (Lang::En, "Translate into English"),
            };
            let arguments = vec![object!(document.uri), object!(into.code())];
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: title.to_owned(),
                kind: Some(CodeActionKind::REFACTOR_REWRITE),
                command: Some(Command {
                    title: title.to_owned(),
                    command: TRANSLATE.to_owned(),
                    arguments: Some(arguments),
                }),
                ..CodeAction::default()
            }));
        }
        Ok(actions)
    }

    /// The one layout that there is; nothing to change in a text with errors, which are shown already.
    fn formatting(
        &self,
        given: DocumentFormattingParams,
    ) -> Result<Option<Vec<lsp_types::TextEdit>>, ResponseError> {
        let document = self.document(&given.text_document.uri)?;
        match format(&document.text, None) {
            Ok(after) => Ok(Some(changes::between(&document.text, after, &document.lines))),
            Err(FormatError::Errors(_)) => Ok(None),
            Err(FormatError::MeaningChanged) => Err(unlike(document.lang)),
        }
    }

    fn execute(&mut self, id: RequestId, given: Value) -> Vec<Message> {
        let done =
            params(given).and_then(|given: ExecuteCommandParams| match given.command.as_str() {
                TRANSLATE => self.translate(&id, &given.arguments),
                RUN | CASE => self.play(&id, &given),
                other => {
                    let message = format!("no command is called `{other}`");
                    Err(failure(ErrorCode::InvalidParams, message))
                }
            });
        done.unwrap_or_else(|error| vec![response(id, Err(error))])
    }

    fn translate(
        &mut self,
        id: &RequestId,
        arguments: &[Value],
    ) -> Result<Vec<Message>, ResponseError> {
        let (label, edit) = self.translated(arguments)?;
        if !self.client.applies {
            // A client that makes no edits by itself is handed the edit.
            return Ok(vec![response(id.clone(), json(edit))]);
        }
        self.asked = self.asked.wrapping_add(1);
        let params = json(ApplyWorkspaceEditParams { label: Some(label), edit })?;
        let method = "workspace/applyEdit".to_owned();
        let ask = Message::Request(Request { id: self.asked.into(), method, params });
        Ok(vec![ask, response(id.clone(), Ok(Value::Null))])
    }

    /// Runs a scenario, or tells the case of a finding: the result of the request, and shown to a client that does not
    /// show results.
    fn play(
        &self,
        id: &RequestId,
        given: &ExecuteCommandParams,
    ) -> Result<Vec<Message>, ResponseError> {
        let wrong = || {
            let command = &given.command;
            let message = format!("`{command}` takes the address of a document and a number");
            failure(ErrorCode::InvalidParams, message)
        };
        let [uri, number] = given.arguments.as_slice() else { return Err(wrong()) };
        let number = number.as_u64().and_then(|number| usize::try_from(number).ok());
        let number = number.ok_or_else(wrong)?;
        let document = self.document(&params(uri.clone())?)?;
        let (typ, text) = if given.command == RUN {
            let ran = lenses::run(document, number);
            let (passed, text) = ran.ok_or_else(|| gone(document))?;
            (if passed { MessageType::INFO } else { MessageType::WARNING }, text)
        } else {
            (MessageType::INFO, lenses::case(document, number).ok_or_else(|| gone(document))?)
        };
        let shown = show(typ, text.clone()).filter(|_| !self.client.shows);
        Ok(shown.into_iter().chain([response(id.clone(), json(text))]).collect())
    }

    /// The edit that translates a document, and its name.
    fn translated(&self, arguments: &[Value]) -> Result<(String, WorkspaceEdit), ResponseError> {
        let wrong = || {
            let message = format!(
                "`{TRANSLATE}` takes the address of a document, and `en` or `fr` or nothing"
            );
            failure(ErrorCode::InvalidParams, message)
        };
        let uri: Uri = params(arguments.first().cloned().ok_or_else(wrong)?)?;
        let document = self.document(&uri)?;
        let lang = match arguments.get(1).and_then(Value::as_str) {
            None if arguments.len() > 1 => return Err(wrong()),
            None => jalon::syntax::parse(&document.text, None).file.lang.pick(Lang::Fr, Lang::En),
            Some("en") => Lang::En,
            Some("fr") => Lang::Fr,
            Some(_) => return Err(wrong()),
        };
        let after = format(&document.text, Some(lang)).map_err(|error| match error {
            FormatError::Errors(_) => failure(
                ErrorCode::RequestFailed,
                document.lang.pick(
                    "not translated: the file has errors",
                    "pas traduit : le fichier a des erreurs",
                ),
            ),
            FormatError::MeaningChanged => unlike(document.lang),
        })?;
        let edits = changes::between(&document.text, after, &document.lines);
        let label = lang.pick("Translate into English", "Traduire en français").to_owned();
        Ok((label, changes::of_document(&document.uri, edits)))
    }
}

/// What a lens speaks of is not there any more.
fn gone(document: &Document) -> ResponseError {
    let message = if document.compiled.is_some() {
        document.lang.pick("this is not there any more", "cela n'est plus là")
    } else {
        document.lang.pick("the file has errors", "le fichier a des erreurs")
    };
    failure(ErrorCode::RequestFailed, message)
}

/// Laid out, a text would say something else: a fault of the program, and nothing is changed.
fn unlike(lang: Lang) -> ResponseError {
    let message = lang.pick(
        "nothing changed: laid out, the file would not mean the same",
        "rien n'est changé : remis en forme, le fichier ne voudrait plus dire la même chose",
    );
    failure(ErrorCode::RequestFailed, message)
}

fn published(findings: PublishDiagnosticsParams) -> Vec<Message> {
    notification("textDocument/publishDiagnostics", findings).into_iter().collect()
}

/// What this server does.
fn capabilities_of_server(encoding: Encoding) -> ServerCapabilities {
    let kinds = vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE];
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::FULL)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(kinds),
            ..CodeActionOptions::default()
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(vec!["\"".to_owned(), " ".to_owned()]),
            ..CompletionOptions::default()
        }),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: colours::TYPES.to_vec(),
                    token_modifiers: colours::MODIFIERS.to_vec(),
                },
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: [TRANSLATE, RUN, CASE].map(str::to_owned).to_vec(),
            ..ExecuteCommandOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(id: i32, method: &str, params: Value) -> Message {
        Message::Request(Request { id: id.into(), method: method.to_owned(), params })
    }

    #[test]
    fn a_failure_of_the_program_is_answered_and_shown_and_the_server_goes_on() {
        let mut server = Server::default();
        server.receive(request(1, "initialize", object!({ "capabilities": {} })));
        let answers = server.receive(request(2, "test/fail", Value::Null));
        let [Message::Notification(shown), Message::Response(answer)] = answers.as_slice() else {
            panic!("{answers:#?}")
        };
        assert_eq!(shown.method, "window/showMessage");
        assert!(shown.params["message"].as_str().is_some_and(|it| it.contains("please report")));
        assert!(answer.response_result.is_err());
        let answers = server.receive(request(3, "shutdown", Value::Null));
        let [Message::Response(answer)] = answers.as_slice() else { panic!("{answers:#?}") };
        assert!(answer.response_result.is_ok());
    }

    #[test]
    fn a_failure_of_a_proof_is_shown() {
        let mut server = Server::default();
        server.receive(request(1, "initialize", object!({ "capabilities": {} })));
        let text = "schedule \"S\"\n price fixed 9 EUR\n balance \"B\": 100 % on end";
        let document = object!({ "uri": "a:b", "languageId": "", "version": 1, "text": text });
        server.receive(Message::Notification(Notification {
            method: "textDocument/didOpen".to_owned(),
            params: object!({ "textDocument": document }),
        }));
        let proof = server.proof_due().unwrap();
        assert!(server.proof_due().is_none());
        assert_eq!(proof.of(), ("a:b", 1));
        let failed = Proved { uri: "a:b".to_owned(), version: 1, findings: None };
        let answers = server.proved(failed);
        let [Message::Notification(shown)] = answers.as_slice() else { panic!("{answers:#?}") };
        assert!(shown.params["message"].as_str().is_some_and(|it| it.contains("a proof")));
        assert_eq!(server.proved(proof.run()).len(), 1);
    }
}
